import { z } from 'zod';
import { secret } from '../../src/sdk/index.ts';

export const config = z.strictObject({
  /** Address of the instance, as in the browser. */
  url: z.url({ protocol: /^https?$/ }),
  apiKey: secret(),
});
export type N8nConfig = z.output<typeof config>;

/** Where its editor is; the API lies below it. */
export function editorUrl({ url }: Pick<N8nConfig, 'url'>, path = ''): string {
  return `${url.replace(/\/+$/, '')}${path}`;
}
