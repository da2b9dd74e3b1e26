import { PublishError } from './publish-error';

/**
 * The message of a commit. Its trailers are the last paragraph, where git looks for them, so that a text that has lines like
 * trailers says nothing in their name.
 *
 * @throws PublishError when the text is empty or can't be in a commit.
 */
export function commitMessage(text: string, trailers: Readonly<Record<string, string>> = {}): string {
  const body = text.replaceAll('\r\n', '\n').trim();
  if (body === '') throw new PublishError('invalid', ['the message is empty; say what is published, or leave it out']);
  if (body.includes('\0'))
    throw new PublishError('invalid', ['the message has a zero byte, which ends it for git; leave it out']);
  const lines = Object.entries(trailers).map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ').trim()}`);
  return lines.length === 0 ? `${body}\n` : `${body}\n\n${lines.join('\n')}\n`;
}
