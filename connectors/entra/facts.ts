import {
  identity,
  type AnyRecord,
  type Attribution,
  type Gap,
  type Identity,
  type Instant,
} from '../../src/sdk/index.ts';
import type { Activity } from './activity.ts';
import { keyIdOf } from './credentials.ts';
import type { Application } from './schema.ts';

/** What is laid over an identity beside what its object says. */
export interface Beside {
  owners: readonly Attribution[];
  /** Undefined where nobody told. */
  scopes: readonly string[] | undefined;
  admin: boolean | undefined;
  lastUsedAt: number | undefined;
  lastUsedGap: Gap;
  trusts?: Identity['trusts'];
  /** Where the object itself does not say it. */
  createdAt?: Instant | undefined;
}

const TOLD_BESIDE = new Set(['owners', 'sponsors']);

/** By its own organisation, or by Microsoft for what it did. */
export function isSwitchedOff({ isDisabled, disabledByMicrosoftStatus: byMicrosoft }: Switchable): boolean {
  return isDisabled === true || Boolean(byMicrosoft && byMicrosoft !== 'NotDisabled');
}
type Switchable = Pick<Application, 'isDisabled' | 'disabledByMicrosoftStatus'>;

/** The identity with what is told beside it, as it is now; whatever stood there before goes. */
export function withFacts(record: Identity, beside: Beside): Identity {
  const { scopes: _, admin: __, lastUsedAt: ___, trusts: ____, ...lasting } = record;
  const others = (record.attributions ?? []).filter(({ evidence }) => !TOLD_BESIDE.has(evidence ?? ''));
  const { lastUsedAt, lastUsedGap, scopes, admin, createdAt = record.createdAt } = beside;
  const item = identity({
    ...lasting,
    createdAt,
    scopes,
    admin,
    lastUsedAt,
    trusts: beside.trusts,
    attributions: [...beside.owners, ...others],
    gaps: gapsWith({ ...record, createdAt }, { lastUsedAt, scopes, admin }, lastUsedGap),
  });
  return item.record;
}

/** The credential with the time when it was last used. */
export function withLastUse(record: AnyRecord, { times, gap }: Activity): AnyRecord {
  if (record.kind !== 'credential') return record;
  const { lastUsedAt: _, ...lasting } = record;
  const lastUsedAt = times.get(keyIdOf(record.id));
  const gaps = gapsWith(record, { lastUsedAt }, gap);
  return { ...lasting, ...(lastUsedAt !== undefined && { lastUsedAt }), gaps };
}

function gapsWith(
  record: Pick<AnyRecord, 'gaps'> & { createdAt?: Instant | undefined },
  told: Readonly<Record<string, unknown>>,
  lastUsedGap: Gap,
): Record<string, Gap> {
  const denied = Object.entries(told).filter(([field, value]) => field !== 'lastUsedAt' && value === undefined);
  const { lastUsedAt: _, createdAt: unmade, ...lasting } = record.gaps ?? {};
  return {
    ...lasting,
    ...(unmade && record.createdAt === undefined && { createdAt: unmade }),
    ...(told['lastUsedAt'] === undefined && { lastUsedAt: lastUsedGap }),
    ...Object.fromEntries(denied.map(([field]) => [field, 'denied' as const])),
  };
}
