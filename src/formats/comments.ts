import type { Json } from '../sdk/index.ts';

/** The text with everything but its YAML comments blanked, so that lines stay; undefined when there are none. */
export function yamlComments(text: string, tree: Json): string | undefined {
  const found = text.match(/(?:^|[ \t])#[^\r\n]*/gm);
  if (found === null) return undefined;
  // A hash within a block of text is no comment: what the tree holds is scanned there.
  const held = leaves(tree).join('\n');
  return kept(text, /(?:^|[ \t])#[^\r\n]*/gm, (comment) => !held.includes(comment.trim()));
}

/** The same for JSON with comments. */
export function jsonComments(text: string): string | undefined {
  return kept(text, /"(?:[^"\\]|\\[^]?)*(?:"|$)|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g, (part) => !part.startsWith('"'));
}

/** The same for TOML, whose texts may hold a hash and run over several lines. */
export function tomlComments(text: string): string | undefined {
  const parts =
    /"""[^]*?(?:"""|$(?![^]))|'''[^]*?(?:'''|$(?![^]))|"(?:[^"\\\r\n]|\\.)*(?:"|\\?$)|'[^'\r\n]*(?:'|$)|#[^\r\n]*/gm;
  return kept(text, parts, (part) => part.startsWith('#'));
}

function kept(text: string, parts: RegExp, is: (part: string) => boolean): string | undefined {
  let result = '';
  let at = 0;
  let any = false;
  for (const match of text.matchAll(parts)) {
    if (!is(match[0])) continue;
    any = true;
    result += blank(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return any ? result + blank(text.slice(at)) : undefined;
}

/** Spaces instead of everything but line ends. */
export function blank(part: string): string {
  return part.replace(/[^\r\n]/g, ' ');
}

function leaves(tree: Json): string[] {
  const found: string[] = [];
  const open: Json[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === 'string') found.push(node);
    else if (typeof node === 'object' && node !== null) {
      for (const child of Array.isArray(node) ? (node as Json[]) : Object.values(node as { [key: string]: Json }))
        open.push(child);
    }
  }
  return found;
}
