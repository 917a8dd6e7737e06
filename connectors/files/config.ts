import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { SourceError } from '../../src/sdk/index.ts';
import { codeOf } from './walk.ts';

/** What can be said of a source of files. */
export const config = z.strictObject({
  /** A folder, a file, or `-` for what is piped in. */
  path: z.string().min(1),
  /** Patterns as in `.gitignore`, relative to the folder. */
  exclude: z.array(z.string()).default([]),
  maxFileBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** Reads owners from git history and CODEOWNERS when there is a repository. */
  git: z.boolean().default(true),
  /**
   * Searches the newest commits of the repository for secrets that were deleted since: `true` for 1,000 of them, or how
   * many. Without a word, it is done where the scanned folder is itself a repository.
   */
  history: z.union([z.boolean(), z.number().int().positive()]).optional(),
});
export type Config = z.output<typeof config>;

/** What the path is. Throws a `SourceError` for one that cannot be read. */
export async function kindOf(path: string): Promise<'file' | 'folder'> {
  const stats = await stat(path).catch((error: unknown) => {
    const missing = codeOf(error) === 'ENOENT';
    throw new SourceError(
      'config',
      missing
        ? `${path} does not exist: check the path.`
        : `${path} cannot be read (${codeOf(error)}): grant read access.`,
    );
  });
  if (stats.isDirectory()) return 'folder';
  if (stats.isFile()) return 'file';
  throw new SourceError('config', `${path} is neither a file nor a folder.`);
}
