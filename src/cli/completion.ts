import type { Command, Option } from 'commander';

/** A shell that completions are made for. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** A command with the words that lead to it. */
interface Place {
  /** `golden images set`, without the program. */
  readonly words: readonly string[];
  readonly command: Command;
}

/** A script that completes the commands and options of a program, as its own command tree has them. */
export function completion(program: Command, shell: Shell): string {
  const places = placesOf(program, []);
  if (shell === 'fish') return fish(program.name(), places);
  const script = bash(program.name(), places);
  // zsh runs completions of bash; compinit has to be there first.
  return shell === 'bash'
    ? script
    : `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function placesOf(command: Command, words: readonly string[]): Place[] {
  return [{ words, command }, ...command.commands.flatMap((each) => placesOf(each, [...words, each.name()]))];
}

function optionsOf({ command }: Place): readonly Option[] {
  return [...command.options, ...(command.createHelp().visibleOptions(command) ?? [])].filter(
    (option, n, all) => all.findIndex((other) => other.flags === option.flags) === n,
  );
}

/** Options that are followed by a value. */
function valued(places: readonly Place[]): string[] {
  const flags = places.flatMap((place) => optionsOf(place).filter(({ required, optional }) => required || optional));
  return [...new Set(flags.flatMap(({ short, long }) => [short, long].filter((each) => each !== undefined)))].sort();
}

function wordsOf(place: Place): string[] {
  const options = optionsOf(place).flatMap(({ long, short }) => long ?? short ?? []);
  return [...place.command.commands.map((each) => each.name()), ...options];
}

function bash(name: string, places: readonly Place[]): string {
  const cases = places.map(
    (place) => `    ${quoted(place.words.join(' '))}) words=${quoted(wordsOf(place).join(' '))} ;;`,
  );
  const commands = places.slice(1).map(({ words }) => quoted(words.join(' ')));
  return `_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} at= words= each
  case $previous in ${valued(places).join(' | ')}) COMPREPLY=($(compgen -f -- "$current")); return ;; esac
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${at:+$at }$each" in ${commands.join(' | ')}) at="\${at:+$at }$each" ;; esac
  done
  case $at in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _${name} ${name}
`;
}

function fish(name: string, places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const { words, command } = place;
    const inside = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const names = command.commands.map((each) => each.name());
    const outside = names.length > 0 ? [`not __fish_seen_subcommand_from ${names.join(' ')}`] : [];
    const when = (conditions: readonly string[]) =>
      conditions.length > 0 ? ` -n ${quoted(conditions.join('; and '))}` : '';
    return [
      ...command.commands.map(
        (each) =>
          `complete -c ${name} -f${when([...inside, ...outside])} -a ${each.name()} -d ${quoted(each.description())}`,
      ),
      ...optionsOf(place).map(({ short, long, description, required, optional }) => {
        const flags = `${short ? ` -s ${short.slice(1)}` : ''}${long ? ` -l ${long.slice(2)}` : ''}`;
        return `complete -c ${name}${when([...inside, ...outside])}${flags}${required || optional ? ' -r' : ''} -d ${quoted(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Text in single quotes, which all three shells take as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
