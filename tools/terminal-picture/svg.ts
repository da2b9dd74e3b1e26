const width = 8.4;
const height = 18;
const margin = 16;
const bar = 28;

/** Escape, the numbers of a style, and its end. */
const escapes = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

/** How a terminal shows what is between two escape sequences. */
interface Style {
  readonly color?: string;
  readonly bold?: boolean;
}

/** The colours of a dark terminal, by the numbers of their escape sequences. */
const colors: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};

/** A picture of what a terminal shows, as SVG that scales with the page. @param title in its upper edge */
export function terminalPicture(text: string, title: string): string {
  const lines = text.replace(/\r/g, '').trimEnd().split('\n');
  const columns = Math.max(80, ...lines.map((line) => plain(line).length));
  const size = {
    width: Math.round(columns * width + 2 * margin),
    height: lines.length * height + bar + 2 * margin,
  };
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, n) => `<circle cx="${margin + 4 + n * 18}" cy="${bar / 2 + 4}" r="5" fill="${fill}"/>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    ...dots,
    `<text x="50%" y="${bar / 2 + 8}" fill="#8b949e" font-family="sans-serif" font-size="12" text-anchor="middle">${escaped(title)}</text>`,
    `<g fill="#e6edf3" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    ...lines.flatMap((line, n) => row(line, bar + margin + (n + 1) * height - 4)),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

function row(line: string, y: number): string[] {
  let column = 0;
  const spans = pieces(line).map(({ text, style }) => {
    const fill = style.color ? ` fill="${style.color}"` : '';
    const weight = style.bold ? ' font-weight="bold"' : '';
    // The length keeps columns under each other whatever font the reader has.
    const length = ` textLength="${round(text.length * width)}" lengthAdjust="spacingAndGlyphs"`;
    const span = `<text x="${round(margin + column * width)}" y="${y}"${fill}${weight}${length} xml:space="preserve">${escaped(text)}</text>`;
    column += text.length;
    return text.trim() === '' ? '' : span;
  });
  return spans.filter((span) => span !== '');
}

/** The parts of a line that look the same. */
function pieces(line: string): { text: string; style: Style }[] {
  let style: Style = {};
  return line.split(escapes).flatMap((part, n) => {
    if (n % 2 === 0) return part === '' ? [] : [{ text: part, style }];
    for (const code of part.split(';').map(Number)) style = styled(style, code);
    return [];
  });
}

function styled(style: Style, code: number): Style {
  if (code === 1) return { ...style, bold: true };
  return colors[code] ? { ...style, color: colors[code] } : {};
}

function plain(line: string): string {
  return line
    .split(escapes)
    .filter((_, n) => n % 2 === 0)
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
