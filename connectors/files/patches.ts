/** A commit as the log prints it. */
export interface Commit {
  id: string;
  name: string;
  email: string;
  /** When its author made it. */
  at: number;
}

/** Lines that follow each other in the file. */
export interface Hunk {
  /** Line of the file at which they stand. */
  line: number;
  text: string;
}

/** What one commit added to one file. */
export interface Patch {
  commit: Commit;
  /** From the repository's top; undefined where the file was deleted or only its mode changed. */
  path: string | undefined;
  /** Empty unless `read` is `added`. */
  hunks: readonly Hunk[];
  bytes: number;
  /** The commit made the file: the hunk is all of it. */
  whole: boolean;
  read: 'added' | 'binary' | 'too-large';
}

/** Before each commit; `%x00` begins no other line outside a hunk. */
export const commitFormat = '--format=%x00%H%x00%aN%x00%aE%x00%at';

/**
 * Everything about the form of patches that a repository's own settings could change is spelled out. Merges show what
 * stands in none of their parents; a file that was moved unchanged shows nothing.
 */
export const patchOptions: readonly string[] = [
  '--cc -U0 --inter-hunk-context=0 --find-renames=100% --root --no-relative',
  '--no-ext-diff --no-textconv --no-color --no-notes --ignore-submodules=all --submodule=short',
  '--src-prefix=a/ --dst-prefix=b/ --encoding=UTF-8 --full-index',
].flatMap((options) => options.split(' '));

type Draft = { -readonly [K in keyof Patch]: Patch[K] } & { added: { line: number; lines: string[] }[] };

/** How many lines of a hunk are still to come: of each older version, and of the new one. */
interface Remaining {
  old: number[];
  now: number;
  line: number;
}

const [nul, newline, plus, minus, blank, backslash] = [0x00, 0x0a, 0x2b, 0x2d, 0x20, 0x5c];

/**
 * Reads `git log --patch` as it arrives. Holds one file's added lines, and of those at most `most` bytes: what is
 * larger is told as such, without its text.
 */
export function patchReader(most: number): { read(chunk: Buffer): Generator<Patch | Commit>; end(): Patch[] } {
  const lines = lineReader(most);
  let commit: Commit | undefined;
  let draft: Draft | undefined;
  let hunk: Remaining | undefined;

  function* line(bytes: Buffer): Generator<Patch | Commit> {
    if (hunk !== undefined) inHunk(bytes, hunk);
    else if (bytes[0] === nul) {
      yield* finish();
      commit = commitOf(bytes);
      yield commit;
    } else yield* outside(bytes.subarray(0, LONGEST_HEADER).toString('utf8'));
  }

  function* outside(text: string): Generator<Patch> {
    if (text.startsWith('diff --')) {
      yield* finish();
      if (commit === undefined) return;
      draft = { commit, path: undefined, hunks: [], bytes: 0, whole: false, read: 'added', added: [] };
    } else if (draft === undefined) return;
    else if (text.startsWith('new file mode ')) draft.whole = true;
    else if (text.startsWith('+++ ')) draft.path = pathOf(text.slice(4));
    else if (text.startsWith('Binary files ')) Object.assign(draft, { read: 'binary', path: binaryPath(text) });
    else if (text.startsWith('@@')) {
      hunk = remaining(text);
      if (hunk !== undefined) draft.added.push({ line: hunk.line, lines: [] });
    }
  }

  function inHunk(bytes: Buffer, left: Remaining): void {
    // "\ No newline at end of file"
    if (bytes[0] === backslash) return;
    const columns = bytes.subarray(0, left.old.length);
    if (columns.includes(minus)) left.old = left.old.map((count, at) => count - (columns[at] === minus ? 1 : 0));
    else {
      left.now--;
      left.old = left.old.map((count, at) => count - (columns[at] === blank ? 1 : 0));
      if (columns.every((column) => column === plus)) add(bytes.subarray(columns.length), left);
      else draft?.added.push({ line: left.line + 1, lines: [] });
      left.line++;
    }
    if (left.now <= 0 && left.old.every((count) => count <= 0)) hunk = undefined;
  }

  function add(bytes: Buffer, { line: at }: Remaining): void {
    if (draft === undefined) return;
    draft.bytes += bytes.length + 1;
    if (draft.bytes > most) Object.assign(draft, { read: 'too-large', added: [] });
    if (draft.read !== 'added') return;
    const last = draft.added.at(-1);
    if (last !== undefined) last.lines.push(bytes.toString('utf8'));
    else draft.added.push({ line: at, lines: [bytes.toString('utf8')] });
  }

  function* finish(): Generator<Patch> {
    if (draft === undefined) return;
    const { added, ...patch } = draft;
    draft = undefined;
    const hunks = added
      .filter(({ lines: some }) => some.length > 0)
      .map(({ line: at, lines: some }) => ({ line: at, text: some.join('\n') }));
    yield { ...patch, hunks };
  }

  return {
    *read(chunk) {
      for (const bytes of lines(chunk)) yield* line(bytes);
    },
    end: () => [...finish()],
  };
}

const LONGEST_HEADER = 64 * 1024;

/** Whole lines, without their ends. A line may be as long as `most` and a little; the rest of it is dropped. */
function lineReader(most: number): (chunk: Buffer) => Generator<Buffer> {
  let pieces: Buffer[] = [];
  let held = 0;
  return function* (chunk) {
    for (let from = 0; ;) {
      const end = chunk.indexOf(newline, from);
      const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
      if (end >= 0 && held === 0) yield piece;
      else if (held <= most) {
        pieces.push(piece);
        held += piece.length;
      }
      if (end < 0) return;
      if (held > 0) yield Buffer.concat(pieces);
      pieces = [];
      held = 0;
      from = end + 1;
    }
  };
}

function commitOf(bytes: Buffer): Commit {
  const [id = '', name = '', email = '', at = ''] = bytes.toString('utf8').slice(1).split('\0');
  return { id, name, email, at: Number(at) * 1000 };
}

/** `@@ -3,0 +4,2 @@`; in a merge one `-` part, and one more `@`, for each parent. */
function remaining(text: string): Remaining | undefined {
  const match = /^@@+ ((?:-\d+(?:,\d+)? )+)\+(\d+)(?:,(\d+))? @@/.exec(text);
  if (match === null) return undefined;
  const old = (match[1] ?? '').trim().split(' ');
  const left = {
    old: old.map((part) => Number(part.split(',')[1] ?? 1)),
    now: Number(match[3] ?? 1),
    line: Number(match[2]),
  };
  return left.now === 0 && left.old.every((count) => count === 0) ? undefined : left;
}

/** `b/name`, `"b/n\303\244me"` in C's spelling, or `/dev/null`; a tab ends a name with blanks. */
function pathOf(text: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const name = quoted === undefined ? text.replace(/\t$/, '') : unquoted(quoted);
  return name.startsWith('b/') ? name.slice(2) : undefined;
}

/** `Binary files a/x and b/x differ`, told for people alone. */
function binaryPath(text: string): string | undefined {
  const match = / and ("b\/.*"|b\/.*) differ$/.exec(text);
  return match?.[1] === undefined ? undefined : pathOf(match[1]);
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

function unquoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [, plain, octal, letter] of text.matchAll(/([^\\]+)|\\([0-3][0-7]{2})|\\(.)/g)) {
    if (plain !== undefined) bytes.push(Buffer.from(plain));
    else if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else
      bytes.push(
        letter !== undefined && letter in escapes ? Buffer.from([escapes[letter] ?? 0]) : Buffer.from(letter ?? ''),
      );
  }
  return Buffer.concat(bytes).toString('utf8');
}
