import { z } from 'zod';
import { environments } from './record.ts';
import { severities } from './finding.ts';

const days = z.number().int().min(0);
const patterns = z.array(z.string()).readonly();

/** What an organisation decides for itself: thresholds, approved connectors, environments, duties, deadlines. */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  /** Version of the file, shown in every report. */
  version: z.number().int().min(1).default(1),
  /** A shipped policy whose values hold where this file is silent. */
  extends: z.string().optional(),
  checks: z
    .strictObject({
      /** Check ids that do not run; findings of theirs are retired, not resolved. */
      disabled: z.array(z.string()).readonly().default([]),
      /** Parameters by check id; each check validates its own. */
      params: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
      /** Base severities by check id. */
      severity: z.record(z.string(), z.enum(severities)).default({}),
    })
    .prefault({}),
  connectors: z
    .strictObject({
      /** Globs over connector ids; an empty list means that nothing has been decided yet. */
      approved: patterns.default([]),
      forbidden: patterns.default([]),
    })
    .prefault({}),
  environments: z
    .strictObject({
      /** First match wins; each is compared with the words of source id, path, container name and tags, and with two side by side, joined by a hyphen. */
      rules: z
        .array(z.strictObject({ match: z.string(), is: z.enum(environments) }))
        .readonly()
        .default([]),
    })
    .prefault({}),
  /** Mail domains and host suffixes that are the organisation's own. */
  internalDomains: patterns.default([]),
  /** Stores in which a credential may be kept. */
  approvedStores: patterns.default(['vault', 'ci', 'platform']),
  /** Hosts outside the organisation that may be given its data, prompts to AI models among it. */
  approvedDestinations: patterns.default([]),
  /** Hosts that may receive eSignature events. */
  approvedWebhookHosts: patterns.default([]),
  owners: z
    .strictObject({
      /** A record that no person has confirmed within this many days is due. */
      attestEveryDays: days.default(365),
      attestPrivilegedEveryDays: days.default(90),
    })
    .prefault({}),
  sla: z
    .strictObject({
      critical: days.default(7),
      high: days.default(30),
      medium: days.default(90),
      low: days.default(180),
      info: days.default(365),
    })
    .prefault({}),
  acceptance: z
    .strictObject({
      /** Longest acceptance by severity. */
      maxDays: z
        .strictObject({
          critical: days.default(30),
          high: days.default(90),
          medium: days.default(180),
          low: days.default(365),
          info: days.default(365),
        })
        .prefault({}),
      /** Severities that need a second person; `high` and `critical` always do, whatever stands here. */
      fourEyesFrom: z.enum(['low', 'medium', 'high']).default('high'),
    })
    .prefault({}),
  matrix: z.string().default('5x5'),
  gate: z
    .strictObject({
      /** What an unanswered question of the promotion gate does. */
      unknown: z.enum(['warn', 'fail']).default('warn'),
      /** From this severity on, any finding shuts the gate. */
      failOn: z.enum(severities).default('high'),
      /** From this severity on, a finding answers its own question with no, which shuts the gate too. */
      answerNoFrom: z.enum(severities).default('medium'),
    })
    .prefault({}),
});
export type Policy = z.output<typeof policySchema>;
