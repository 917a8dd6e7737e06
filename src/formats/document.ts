import type { Document } from '../sdk/index.ts';
import { decode } from './encoding.ts';
import { looksLikeAgentFile, parseFrontMatter } from './front-matter.ts';
import { looksLikeJson, parseJson } from './json.ts';
import { defaultLimits, type Attempt, type Blind, type Limits, type Reading } from './reading.ts';
import { looksLikeYaml, parseYaml } from './yaml.ts';
import { looksLikeToml, parseToml } from './toml.ts';
import { isLockedWorkbook, isWorkbook, readWorkbook } from './workbook.ts';
import { isProgram, isZip, readZip } from './zip.ts';

/** Reads a file's bytes: text in any usual encoding, JSON, YAML, TOML, a workbook, or a zip archive with its members. Never throws for content. */
export async function readDocument(path: string, bytes: Uint8Array, limits: Limits = defaultLimits): Promise<Reading> {
  if (isZip(bytes) && isProgram(path)) {
    const detail = 'It is an office file or a program.';
    return { blind: [{ subject: path, reason: 'not-supported', detail, expected: 'expected' }] };
  }
  if (isZip(bytes) && isWorkbook(path)) return workbookText(path, bytes, limits);
  if (isZip(bytes)) return readZip(path, bytes, limits, readDocument);
  if (isLockedWorkbook(path, bytes)) {
    const detail = 'It is a workbook of an old kind, or locked: save it as .xlsx or CSV, without a password.';
    return { blind: [{ subject: path, reason: 'config', detail, expected: 'expected' }] };
  }
  const decoded = decode(bytes);
  if ('blind' in decoded) return { blind: [{ subject: path, ...decoded.blind }] };
  const reading = readText(path, decoded.text, limits);
  const odd: Blind[] =
    decoded.encoding === 'latin-1'
      ? [
          {
            subject: path,
            reason: 'not-supported',
            detail: 'It is not UTF-8; it was read as Latin-1.',
            expected: 'expected',
          },
        ]
      : [];
  return { ...reading, encoding: decoded.encoding, blind: [...odd, ...reading.blind] };
}

/** All cells of a workbook as one text: people keep keys in them. */
async function workbookText(path: string, bytes: Uint8Array, limits: Limits): Promise<Reading> {
  const { sheets, blind } = await readWorkbook(path, bytes, limits);
  const text = sheets.map(({ csv }) => csv).join('\n');
  return sheets.length === 0 ? { blind } : { document: { path, text, syntax: 'text' }, blind };
}

/** Reads text that is already decoded. There always is a document: what does not parse is there to be scanned as text. */
export function readText(path: string, text: string, limits: Limits = defaultLimits): Reading & { document: Document } {
  const plain: Document = { path, text, syntax: plainSyntax(path, text) };
  if (looksLikeJson(path, text)) return parsed(plain, 'json', parseJson(path, text, limits.depth));
  if (looksLikeYaml(path, text)) return parsed(plain, 'yaml', parseYaml(path, text, limits));
  if (looksLikeAgentFile(path, text)) return parsed(plain, 'yaml', parseFrontMatter(path, text, limits));
  if (looksLikeToml(path)) return parsed(plain, 'toml', parseToml(text, limits));
  return { document: plain, blind: [] };
}

function parsed(plain: Document, syntax: 'json' | 'yaml' | 'toml', attempt: Attempt): Reading & { document: Document } {
  if ('tree' in attempt) {
    const { tree, comments } = attempt;
    return { document: { ...plain, syntax, tree, ...(comments !== undefined && { comments }) }, blind: [] };
  }
  return { document: plain, blind: attempt.problem ? [{ subject: plain.path, ...attempt.problem }] : [] };
}

function plainSyntax(path: string, text: string): Document['syntax'] {
  if (/\.(?:[cm]?[jt]sx?|gs)$/i.test(path)) return 'javascript';
  return /^\s*<(?:\?xml|[A-Za-z!])/.test(text) ? 'xml' : 'text';
}

/** The document that a format's example stands for, without touching any file. */
export function exampleDocument(
  example: { path: string; text: string } | { path: string; members: { readonly [path: string]: string } },
): Document {
  if ('text' in example) return readText(example.path, example.text).document;
  const members = new Map<string, Document>();
  for (const [name, text] of Object.entries(example.members)) {
    members.set(name, readText(`${example.path}!/${name}`, text).document);
  }
  return { path: example.path, text: '', syntax: 'text', members };
}
