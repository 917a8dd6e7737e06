import type {
  AnyRecord,
  Audience,
  CheckContext,
  Circumstances,
  EnvironmentClass,
  RecordOf,
  WorkflowState,
} from '../../../src/sdk/index.ts';
import { anyPrivileged, isPrivileged } from './privilege.ts';
import { isLiteral } from './subjects.ts';

/** Does it run? A draft and an archived workflow do not; undefined where nobody knows. */
export function runs(state: WorkflowState | undefined): boolean | undefined {
  if (state === undefined || state === 'unknown') return undefined;
  return state === 'active';
}

/** Is it in production? Undefined where the environment is not known. */
export function inProduction(environment: EnvironmentClass): boolean | undefined {
  return environment === 'unknown' ? undefined : environment === 'production';
}

/** Can the whole organisation, or the world, use it? Undefined where the source does not say. */
export function widelyShared(audience: Audience | undefined): boolean | undefined {
  return audience === undefined ? undefined : audience.reach === 'everyone' || audience.reach === 'public';
}

/** Is it in use? By state for a workflow, by status for what authenticates; undefined where nobody knows. */
export function isLive(record: AnyRecord): boolean | undefined {
  switch (record.kind) {
    case 'workflow':
    case 'endpoint':
      return runs(record.state);
    case 'identity':
    case 'credential':
      return record.status === 'unknown' ? undefined : record.status === 'active';
    case 'connection':
      return record.status === 'active' ? true : record.status === 'expired' ? false : undefined;
    case 'person':
    case 'container':
      return undefined;
  }
}

/** What the workflow was given to work with: connections, stored credentials and identities, no literals in its text. */
export function accessOf(ctx: Pick<CheckContext, 'out'>): AnyRecord[] {
  return [...ctx.out('uses', 'connection'), ...storedCredentials(ctx), ...ctx.out('uses', 'identity')];
}

/** Credentials that it uses out of a store; secrets in its text are what the exposure checks speak of. */
export function storedCredentials(ctx: Pick<CheckContext, 'out'>): readonly RecordOf<'credential'>[] {
  return ctx.out('uses', 'credential').filter((credential) => !isLiteral(credential));
}

/** The circumstances of a workflow: does it run, what can it reach, where does it stand. */
export function workflowCircumstances(
  workflow: RecordOf<'workflow'>,
  ctx: Pick<CheckContext, 'out' | 'environment'>,
): Circumstances {
  return {
    live: runs(workflow.state),
    privileged: anyPrivileged([workflow, ...accessOf(ctx)]),
    production: inProduction(ctx.environment),
  };
}

/** The circumstances of a workflow by what it was given to work with, and of all others by their own rights. */
export function circumstancesOf(
  record: RecordOf<'workflow' | 'identity' | 'credential' | 'connection'>,
  ctx: Pick<CheckContext, 'out' | 'environment'>,
): Circumstances {
  return record.kind === 'workflow' ? workflowCircumstances(record, ctx) : holderCircumstances(record, ctx);
}

/** The circumstances of something that holds rights. */
export function holderCircumstances(
  record: RecordOf<'identity' | 'credential' | 'connection'>,
  ctx: Pick<CheckContext, 'environment'>,
): Circumstances {
  return {
    live: isLive(record),
    privileged: isPrivileged(record),
    production: inProduction(ctx.environment),
    exposed: widelyShared(record.sharedWith),
  };
}
