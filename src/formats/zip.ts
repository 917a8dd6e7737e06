import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import type { Document } from '../sdk/index.ts';
import type { Blind, Limits, Reading } from './reading.ts';

type Read = (path: string, bytes: Uint8Array, limits: Limits) => Promise<Reading>;

/** Zip-shaped files that belong to another program and are no export of a workflow. */
const programs = /\.(?:jar|war|ear|apk|aar|whl|docx|pptx|odt|ods|odp|epub|vsix|nupkg|xpi|crx)$/i;

/** True for a zip archive that is none to its users: a text document, a presentation or a program. */
export const isProgram = (path: string): boolean => programs.test(path);

/** True for a zip archive, by its first bytes; an empty one included. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  return (bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6);
}

/**
 * Reads an archive's members within the limits. Nothing is ever written to disk; a member whose name points outside
 * the archive, or that unfolds too far, is named and left out, and the others are read.
 */
export async function readZip(path: string, bytes: Uint8Array, limits: Limits, read: Read): Promise<Reading> {
  if (limits.archive.nesting < 0) {
    return {
      blind: [
        {
          subject: path,
          reason: 'not-supported',
          detail: 'An archive within an archive within an archive is not opened: unpack it.',
        },
      ],
    };
  }
  const within: Limits = { ...limits, archive: { ...limits.archive, nesting: limits.archive.nesting - 1 } };
  const members = new Map<string, Document>();
  const blind: Blind[] = [];
  try {
    const zip = await fromBufferPromise(withoutPadding(bytes), { decodeStrings: false });
    await readMembers(zip, { path, limits, members, blind, read: (name, content) => read(name, content, within) });
  } catch {
    blind.push({
      subject: path,
      reason: 'unreadable',
      detail: 'The archive is truncated or damaged: export it again.',
    });
  }
  if (members.size === 0 && blind.length > 0) return { blind };
  return { document: { path, text: '', syntax: 'text', members }, blind };
}

/** What ends an archive; a comment, of which it tells the length, may follow. */
const END = Buffer.from('PK\u0005\u0006', 'latin1');
const END_BYTES = 22;

/** Power Apps fills some of its files up with zeros; a reader looks for the end of the archive at the end of the file. */
function withoutPadding(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = all.lastIndexOf(END);
  if (at < 0 || at + END_BYTES > all.length) return all;
  const end = at + END_BYTES + all.readUInt16LE(at + END_BYTES - 2);
  return end < all.length && all.subarray(end).every((byte) => byte === 0) ? all.subarray(0, end) : all;
}

interface Work {
  path: string;
  limits: Limits;
  members: Map<string, Document>;
  blind: Blind[];
  read(path: string, bytes: Uint8Array): Promise<Reading>;
}

async function readMembers(zip: ZipFile, work: Work): Promise<void> {
  const { archive } = work.limits;
  let entries = 0;
  let left = archive.totalBytes;
  for await (const entry of zip.eachEntry()) {
    if (++entries > archive.entries) {
      work.blind.push({
        subject: work.path,
        reason: 'too-large',
        detail: `It has more than ${archive.entries} members; the rest was not read.`,
      });
      return;
    }
    const name = nameOf(entry);
    // A folder holds nothing itself; what only calls itself one is read.
    if (name.endsWith('/') && entry.uncompressedSize === 0) continue;
    const subject = `${work.path}!/${name}`;
    const refused = refusal(entry, name, left, work);
    if (refused !== undefined) {
      work.blind.push({ subject, ...refused });
      continue;
    }
    left -= entry.uncompressedSize;
    const bytes = await unpack(zip, entry).catch(() => undefined);
    if (bytes === undefined) {
      work.blind.push({
        subject,
        reason: 'unreadable',
        detail: 'The member is damaged or packed in a way that is not supported.',
      });
      continue;
    }
    const reading = await work.read(subject, bytes);
    if (reading.document) work.members.set(name, reading.document);
    work.blind.push(...reading.blind);
  }
}

function refusal(entry: Entry, name: string, left: number, work: Work): Omit<Blind, 'subject'> | undefined {
  const { archive } = work.limits;
  if (escapes(name))
    return { reason: 'unsafe-archive', detail: 'The member points outside the archive: do not unpack this file.' };
  if (work.members.has(name))
    return { reason: 'unsafe-archive', detail: 'Two members have this name; the first one was read.' };
  if (entry.isEncrypted())
    return { reason: 'encrypted', detail: 'The member is encrypted: export it without a password.' };
  // Unix mode bits are in the upper half; 0o120000 is a symbolic link, whose content is a path.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) {
    return {
      reason: 'not-supported',
      detail: 'The member is a symbolic link; links are not followed.',
      expected: 'expected',
    };
  }
  if (
    entry.uncompressedSize > 1024 * 1024 &&
    entry.uncompressedSize > archive.ratio * Math.max(1, entry.compressedSize)
  ) {
    return {
      reason: 'unsafe-archive',
      detail: `The member unfolds to more than ${archive.ratio} times its size; it was not read.`,
    };
  }
  if (entry.uncompressedSize > archive.entryBytes)
    return { reason: 'too-large', detail: `The member is larger than ${archive.entryBytes} bytes.` };
  if (entry.uncompressedSize > left)
    return {
      reason: 'too-large',
      detail: `The archive unfolds to more than ${archive.totalBytes} bytes; this member was not read.`,
    };
  return undefined;
}

function escapes(name: string): boolean {
  return name === '' || name.includes('\0') || /^(?:\/|[A-Za-z]:)/.test(name) || name.split('/').includes('..');
}

/** Canvas apps (`.msapp`) and archives of older .NET programs divide their folders by backslashes. */
function nameOf(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields ?? [], true);
  return name.replaceAll('\\', '/');
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
