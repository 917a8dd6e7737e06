import type { Connector } from '../src/sdk/index.ts';

/** Every connector by id; each is loaded when it is first asked for. A test compares the list with the folders. */
export const connectors: { readonly [id: string]: () => Promise<Connector> } = {
  attested: async () => (await import('./attested/index.ts')).attested,
  files: async () => (await import('./files/index.ts')).files,
  people: async () => (await import('./people/index.ts')).people,
};
