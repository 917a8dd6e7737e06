import { z } from 'zod';
import { secret } from '../../src/sdk/index.ts';

export const config = z.strictObject({
  /** Address of the instance, as in the browser. */
  url: z.url({ protocol: /^https?$/ }),
  /** Where people open it, if the API is reached by another way. */
  editorUrl: z.url({ protocol: /^https?$/ }).optional(),
  apiKey: secret(),
});
export type N8nConfig = z.output<typeof config>;

/** Where its API is. */
export function apiUrl({ url }: N8nConfig): string {
  return `${url.replace(/\/+$/, '')}/api/v1`;
}

/** Where people open it. */
export function pageUrl({ url, editorUrl = url }: N8nConfig, path = ''): string {
  return `${editorUrl.replace(/\/+$/, '')}${path}`;
}

/** Where whoever calls a webhook may find it; it may have an address of its own, which no API tells. */
export function servedAt({ url, editorUrl = url }: N8nConfig): readonly string[] {
  return [...new Set([url, editorUrl])].map((address) => address.replace(/\/+$/, ''));
}

/** What people call it by. */
export function hostOf(config: N8nConfig): string {
  return new URL(pageUrl(config)).host;
}
