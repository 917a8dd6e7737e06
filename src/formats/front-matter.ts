import { blank } from './comments.ts';
import type { Attempt, Limits } from './reading.ts';
import { parseYaml } from './yaml.ts';

const HEAD = /^---[^\S\n]*\n([^]{0,20000}?)\n---[^\S\n]*(?:\n|$)/;

/**
 * True for Markdown that describes an agent and the MCP servers it comes with:
 * https://docs.github.com/copilot/reference/custom-agents-configuration, https://kiro.dev/docs/custom-agents/
 */
export function looksLikeAgentFile(path: string, text: string): boolean {
  return (
    /\.md$/i.test(path) &&
    text.startsWith('---') &&
    /^mcp-?servers:/im.test(HEAD.exec(text.replaceAll('\r\n', '\n'))?.[1] ?? '')
  );
}

/** Parses what stands before the prose; the prose is handed on as comments are, to be searched. */
export function parseFrontMatter(path: string, text: string, limits: Limits): Attempt {
  const lines = text.replaceAll('\r\n', '\n');
  const [head = '', front = ''] = HEAD.exec(lines) ?? [];
  const attempt = parseYaml(path, front, limits);
  if (!('tree' in attempt)) return { problem: undefined };
  const body = `${blank(head)}${lines.slice(head.length)}`;
  return { tree: attempt.tree, comments: attempt.comments === undefined ? body : `${attempt.comments}\n${body}` };
}
