import type { z } from 'zod';
import { ifAllowed, type Gap, type Http, type Logging, type StreamContext } from '../../src/sdk/index.ts';
import { homeOfIam, type AwsConfig } from './config.ts';
import { describeTrails, eventSelectors, permissionOf, trailStatus } from './operations.ts';
import { refusable } from './refusable.ts';
import type { EventSelectors } from './schema-more.ts';
import { awsOf } from './sdk.ts';

type Context = StreamContext<AwsConfig>;

export const trailsAsk = [describeTrails, trailStatus, eventSelectors] as const;
export const trailsNeed = trailsAsk.map((asked) => ({
  scope: permissionOf(asked),
  why: 'a trail keeps what happens in the account for longer than the 90 days of the event history',
}));

/** Without any trail there is the event history, https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const historyAlone: Logging = { runs: 'on', retentionDays: 90 };

/**
 * Whether a trail keeps the changes in all regions that are read, and in IAM: it is on, and is not there for data or
 * for reading alone. For how long is settled where it writes to.
 */
export async function loggingOf(ctx: Context): Promise<Logging | Gap> {
  return (await ifAllowed(ctx, 'trails of CloudTrail', () => keptBy(ctx))) ?? 'denied';
}

async function keptBy(ctx: Context): Promise<Logging | Gap> {
  const at = awsOf(ctx);
  let whole = true;
  let doubt: Gap | undefined;
  for (const region of new Set([...ctx.config.regions, homeOfIam(ctx.config)])) {
    const found = await keptIn(region, at(region));
    if (found.kept === 'everywhere') return { runs: 'on' };
    whole &&= found.kept === 'here';
    doubt ??= found.doubt;
  }
  return whole ? { runs: 'on' } : (doubt ?? historyAlone);
}

interface Kept {
  kept?: 'here' | 'everywhere';
  /** A trail might keep it, and that could not be seen. */
  doubt?: Gap;
}

/** A region knows the trails that are at home in it, and those of all regions; also those of the organisation. */
async function keptIn(region: string, { read }: Http): Promise<Kept> {
  const { trailList } = (await read(describeTrails)).body;
  const usual = new Set(
    trailList.filter((each) => each.HasCustomEventSelectors === false).map((each) => each.TrailARN),
  );
  const trail = refusable(async (Name: string): Promise<boolean | Gap> => {
    const [status, selectors] = await Promise.all([
      read(trailStatus, { query: { Name } }),
      read(eventSelectors, { query: { TrailName: Name } }),
    ]);
    if (status.body.IsLogging !== true) return false;
    return hasChanges(selectors.body) ?? (usual.has(Name) || 'not-seen');
  });
  const found: Kept = {};
  for (const { TrailARN, HomeRegion, IsMultiRegionTrail } of trailList) {
    const everywhere = IsMultiRegionTrail === true;
    if (!everywhere && HomeRegion !== region) continue;
    const answer = await trail.of(TrailARN);
    if (typeof answer === 'string') found.doubt = answer;
    else if (answer && everywhere) return { kept: 'everywhere' };
    else if (answer) found.kept = 'here';
  }
  trail.throwIfAllRefused();
  return found;
}

/**
 * Undefined where nothing was chosen: without a choice of its own a trail keeps all changes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
function hasChanges({
  EventSelectors: basic,
  AdvancedEventSelectors: advanced,
}: z.output<typeof EventSelectors>): boolean | undefined {
  if (basic.length === 0 && advanced.length === 0) return undefined;
  const inBasic = basic.some(
    ({ IncludeManagementEvents, ReadWriteType }) => IncludeManagementEvents !== false && ReadWriteType !== 'ReadOnly',
  );
  const inAdvanced = advanced.some(({ FieldSelectors }) => {
    const says = (field: string, value: string): boolean =>
      FieldSelectors.some(({ Field, Equals }) => Field === field && Equals?.includes(value) === true);
    return says('eventCategory', 'Management') && !says('readOnly', 'true');
  });
  return inBasic || inAdvanced;
}
