import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeowners, type Codeowners } from '../../src/formats/codeowners.ts';
import { codeOf } from './walk.ts';

/** Where GitHub and GitLab look, in their order; the first one counts. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Reads the CODEOWNERS of a repository's top folder; undefined when there is none. Other failures are thrown. */
export async function readCodeowners(top: string): Promise<Codeowners | undefined> {
  for (const file of places) {
    const text = await readFile(join(top, file), 'utf8').catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return undefined;
      throw error;
    });
    if (text !== undefined) return codeowners(file, text);
  }
  return undefined;
}
