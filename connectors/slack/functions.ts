import { z } from 'zod';
import { fitting, ifAllowed, listOf, operation, pagesOf, SourceError } from '../../src/sdk/index.ts';
import { cursorPages, listed, pageOf } from './answers.ts';
import type { Context } from './config.ts';
import { appOf } from './ids.ts';

const Listed = z.object({ id: z.string(), app_id: z.string(), title: z.string().nullish() });
type Listed = z.output<typeof Listed>;

/** https://docs.slack.dev/reference/methods/admin.functions.list */
export const listFunctions = operation('POST /admin.functions.list', pageOf({ functions: listOf(Listed).nullish() }));

/** What an app lets workflows do: a step of theirs. */
export interface AppFunction {
  app: string;
  title: string | undefined;
}

/** Apps a request: the most that the method takes. */
const APPS = 50;

/** The functions of every app on the roll, by their ids. Slack's own are those of no app there. */
export async function functionsOfApps(ctx: Context): Promise<ReadonlyMap<string, AppFunction>> {
  const apps: string[] = [];
  for await (const { id } of ctx.parents('identity')) {
    const app = appOf(id);
    if (app !== undefined) apps.push(app);
  }
  const functions = new Map<string, AppFunction>();
  await ifAllowed(ctx, 'functions of apps', async () => {
    for (let at = 0; at < apps.length; at += APPS) {
      const some = apps.slice(at, at + APPS);
      const options = {
        paging: cursorPages(ctx.config.pageSize, 'form', { app_ids: some.join(',') }),
        elements: (body: { functions?: Listed[] | null | undefined }) => listed(body.functions, 'functions'),
      };
      for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listFunctions, options)) {
        for (const { id, app_id: app, title } of fitting(ctx, elements)) {
          if (!some.includes(app))
            throw new SourceError('schema', 'Slack told functions of other apps than it was asked about');
          functions.set(id, { app, title: title || undefined });
        }
      }
    }
  });
  return functions;
}
