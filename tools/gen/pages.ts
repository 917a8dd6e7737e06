import { architecturePage } from './architecture.ts';
import type { Generated } from './generated.ts';
import { reference } from './reference.ts';
import { schemaFiles } from './schemas.ts';

/** Every generated file but the registries, and the README, which takes a run of the demo. */
export async function pages(root: string): Promise<Generated[]> {
  return [...schemaFiles(root), ...(await reference(root)), architecturePage(root)];
}
