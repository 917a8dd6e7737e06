import type { Generated } from '../gen/generated.ts';

/** Files that did not exist before, and what their author does next. */
export interface Scaffold {
  files: readonly Generated[];
  next: readonly string[];
}
