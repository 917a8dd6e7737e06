import { accountId } from './iam.ts';

const arn = (name: string, home = 'eu-west-1'): string => `arn:aws:cloudtrail:${home}:${accountId}:trail/${name}`;
const trail = (name: string, more: object = {}) => ({
  Name: name,
  TrailARN: arn(name),
  HomeRegion: 'eu-west-1',
  ...more,
});

/** Of data alone, switched off, of reading alone; and the one that keeps every change. */
export const list: Readonly<Record<string, readonly object[]>> = {
  'eu-west-1': [
    trail('data', { IsMultiRegionTrail: true }),
    trail('stopped', { IsMultiRegionTrail: true }),
    trail('reads', { IsMultiRegionTrail: true }),
    trail('here'),
    trail('whole', { IsMultiRegionTrail: true }),
  ],
};
export const status: Readonly<Record<string, object>> = {
  [arn('data')]: { IsLogging: true },
  [arn('stopped')]: { IsLogging: false },
  [arn('reads')]: { IsLogging: true },
  [arn('here')]: { IsLogging: true },
  [arn('whole')]: { IsLogging: true },
};
const management = { Field: 'eventCategory', Equals: ['Management'] };
export const selectors: Readonly<Record<string, object>> = {
  [arn('data')]: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] },
  [arn('stopped')]: { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
  [arn('reads')]: { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
  [arn('here')]: { AdvancedEventSelectors: [{ FieldSelectors: [management] }] },
  [arn('whole')]: { EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] },
};
