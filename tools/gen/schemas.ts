import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../../src/config/config.ts';
import { policySchema } from '../../src/core/policy.ts';
import { channelSchema } from '../../src/publish/notify/channel.ts';
import { commentsIn } from './comments.ts';
import { json, type Generated } from './generated.ts';
import { schemaOf, type JsonSchema } from './settings.ts';

/** What may stand in `rollcall.yaml`. */
export function configJsonSchema(root: string): JsonSchema {
  const of = (file: string, schema: string, prefix: string): (readonly [string, string])[] => {
    const source = readFileSync(join(root, 'src/config', file), 'utf8');
    return [...commentsIn(source, schema)].map(([key, says]) => [`${prefix}${key}`, says] as const);
  };
  // The program reads channels apart, because the settings do not know the faces; an editor is shown one schema.
  const whole = configSchema.extend({ notify: z.array(channelSchema).default([]) });
  const comments = [
    ...of('config.ts', 'configSchema', ''),
    ...of('config.ts', 'sourceSchema', 'sources.'),
    ...of('network.ts', 'networkSchema', 'sources.network.'),
    ...of('schedule.ts', 'retentionSchema', 'retention.'),
    ...channelComments(root),
  ];
  return schemaOf(whole, new Map(comments));
}

function channelComments(root: string): (readonly [string, string])[] {
  const source = readFileSync(join(root, 'src/publish/notify/channel.ts'), 'utf8');
  const parts = { common: '', slackSchema: '', webhookSchema: '', emailSchema: '', smtp: 'smtp.' };
  return Object.entries(parts).flatMap(([schema, prefix]) =>
    [...commentsIn(source, schema)].map(([key, says]) => [`notify.${prefix}${key}`, says] as const),
  );
}

/** What may stand in a policy. */
export function policyJsonSchema(root: string): JsonSchema {
  return schemaOf(policySchema, commentsIn(readFileSync(join(root, 'src/core/policy.ts'), 'utf8'), 'policySchema'));
}

/** JSON Schemas by which editors complete and check what people write. */
export function schemaFiles(root: string): Generated[] {
  return [
    { path: 'config/schema.json', text: titled('rollcall.yaml', configJsonSchema(root)) },
    { path: 'config/policy.schema.json', text: titled('A Rollcall policy', policyJsonSchema(root)) },
  ];
}

function titled(title: string, { $schema, ...schema }: JsonSchema): string {
  return `${json({ $schema, title, ...schema })}\n`;
}
