import { whyUnreadable } from '../config/yaml.ts';
import { UsageError } from '../core/errors.ts';

/** What to throw where something could not be written: where and why, if the system says it; else what was thrown. */
export function cannotWrite(what: string, problem: unknown): unknown {
  const { code } = problem as NodeJS.ErrnoException;
  if (code === undefined) return problem;
  return new UsageError(`${what} cannot be written: ${whys[code] ?? whyUnreadable(problem)}`, { cause: problem });
}

/** What reading calls otherwise. */
const whys: { readonly [code: string]: string } = {
  ENOENT: 'its folder does not exist',
  EACCES: 'permission denied; choose a place that this account may write to',
  EPERM: 'permission denied; choose a place that this account may write to',
};
