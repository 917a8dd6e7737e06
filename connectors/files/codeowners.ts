import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeowners, type Codeowners } from '../../src/formats/codeowners.ts';
import type { Attribution } from '../../src/sdk/index.ts';
import type { TellBlind } from './read.ts';
import { codeOf } from './walk.ts';

/** Where GitHub and GitLab look, in their order; the first one counts. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** The repository around the scanned folder: its top, and the way from there to the folder, with `/` at the end. */
interface Around {
  top: string;
  prefix: string;
}

/** What holds for the files of a folder. */
interface Held {
  owners?: Codeowners | undefined;
  /** A path below the scanned folder, as that CODEOWNERS has it. */
  inside: (path: string) => string;
  /** It is the CODEOWNERS of a repository: no other one below counts, unless a repository begins there. */
  isRepository: boolean;
}

/**
 * Whom CODEOWNERS name for the files below a folder. The repository that a file is in says so, the one around the folder
 * or one inside; where there is none, as in an unpacked archive, the outermost folder that has one in such a place.
 */
export function openCodeowners(
  root: string,
  around: Around | undefined,
  { blind, config }: { blind: TellBlind; config: { git: boolean } },
): (path: string) => Promise<readonly Attribution[]> {
  const known = new Map<string, Promise<Held>>();
  return async (path) => {
    const { owners, inside } = await heldIn(dirname(path));
    return owners?.ownersOf(inside(path)) ?? [];
  };

  function heldIn(folder: string): Promise<Held> {
    const held = known.get(folder) ?? (folder === '.' ? atTop() : below(folder));
    known.set(folder, held);
    return held;
  }

  async function atTop(): Promise<Held> {
    const { top = root, prefix = '' } = around ?? {};
    const isRepository = around !== undefined || existsSync(join(root, '.git'));
    return { owners: await read(top, ''), inside: (path) => prefix + path, isRepository };
  }

  async function below(folder: string): Promise<Held> {
    const begins = existsSync(join(root, folder, '.git'));
    if (begins && config.git) blind(`${folder}/.git`, 'not-supported', ownHistory, 'expected');
    if (!begins) {
      const above = await heldIn(dirname(folder));
      if (above.isRepository || above.owners !== undefined) return above;
    }
    const owners = await read(join(root, folder), `${folder}/`);
    return { owners, inside: (path) => path.slice(folder.length + 1), isRepository: begins };
  }

  /** What is there but cannot be read is told, and does not stop the scan. */
  async function read(top: string, label: string): Promise<Codeowners | undefined> {
    try {
      for (const file of places) {
        const text = await readFile(join(top, file), 'utf8').catch((error: unknown) => {
          if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return undefined;
          throw error;
        });
        if (text !== undefined) return codeowners(label + file, text);
      }
    } catch {
      blind(`${label}CODEOWNERS`, 'unreadable', 'The file cannot be read; owners were not taken from it.');
    }
    return undefined;
  }
}

const ownHistory =
  'A repository of its own begins here: its history was neither asked for owners nor searched for secrets. Name it as a source of its own.';
