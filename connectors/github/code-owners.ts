import { codeowners, type Codeowners } from '../../src/formats/codeowners.ts';
import { operation } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import type { Repository } from './ids.ts';
import { unlessMissing } from './lists.ts';
import { contents, type FileAnswer } from './schema.ts';

export const getContents = operation('GET /repos/{owner}/{repo}/contents/{path}', contents);

type Address = Pick<Repository, 'owner' | 'repo'>;

/** A file of a repository as it was read. */
export interface RepositoryFile {
  text: string;
  sha: string;
}

/** Where GitHub looks, in its order; the first one counts. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** The code owners of a repository; undefined when it names none. Throws `SourceError` when files may not be read. */
export async function codeOwnersOf(
  ctx: Context,
  repository: Address,
  among: readonly string[] = places,
): Promise<(Codeowners & { sha: string }) | undefined> {
  for (const path of among) {
    const found = await fileAt(ctx, repository, path);
    if (found !== undefined) return { ...codeowners(path, found.text), sha: found.sha };
  }
  return undefined;
}

/** A file's text; undefined when there is no such file, or when it is too large to be given. */
export async function fileAt(
  { http }: Pick<Context, 'http'>,
  { owner, repo }: Address,
  path: string,
): Promise<RepositoryFile | undefined> {
  const answer = await unlessMissing(() => http.read(getContents, { params: { owner, repo, path } }));
  return answer === undefined || Array.isArray(answer.body) ? undefined : textOf(answer.body);
}

/** Files of more than 1 MB come with encoding `none` and no text. */
function textOf({ type, encoding, content, sha }: FileAnswer): RepositoryFile | undefined {
  if (type !== 'file' || encoding !== 'base64' || typeof content !== 'string') return undefined;
  return { text: Buffer.from(content, 'base64').toString('utf8'), sha };
}
