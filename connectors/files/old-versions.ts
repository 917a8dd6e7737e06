import type { Page } from '../../src/sdk/index.ts';
import { pager } from './patch-pages.ts';
import { commitFormat, patchOptions, patchReader } from './patches.ts';
import { failure, positionOf, survey, type OldVersions } from './survey.ts';

/**
 * What commits added, newest first, page by page. A secret that was deleted is still in every clone, so each commit
 * and file that added one becomes a record. That a secret also stands in the present files is not looked at here: its
 * places here are of the sort `history`, of which checks speak only where the secret has no other place.
 */
export async function* oldVersions(from: OldVersions): AsyncGenerator<Page> {
  const repository = await survey(from);
  if (repository === undefined) return;
  const position = await positionOf(repository, from);
  const log = [...repository.which, `--skip=${position}`, `--max-count=${from.commits - position}`];
  const patches = patchReader(from.maxFileBytes);
  const pages = pager(repository, from);
  try {
    const args = ['log', ...log, commitFormat, ...patchOptions, ...repository.only];
    for await (const chunk of from.stream(repository.top, args, from.signal)) {
      for (const each of patches.read(chunk)) yield* pages.take(each);
    }
    for (const each of patches.end()) yield* pages.take(each);
  } catch (error) {
    from.signal.throwIfAborted();
    from.blind('.git', 'unreadable', failure(error));
  }
  yield { ...pages.rest(), ...(repository.bounded && { bounded: true }) };
}
