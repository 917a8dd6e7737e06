/** Scenarios of a team: one that a webhook starts, one on schedule. */
export const scenarioListExample = {
  path: 'make/scenarios.json',
  text: JSON.stringify({
    scenarios: [
      {
        id: 418_339,
        name: 'New leads',
        teamId: 18,
        hookId: 222_895,
        folderId: null,
        isinvalid: false,
        isActive: true,
        isPaused: false,
        usedPackages: ['gateway', 'google-sheets', 'builtin', 'http', 'slack'],
        lastEdit: '2026-02-13T13:27:45.109Z',
        scheduling: { type: 'immediately' },
        createdByUser: { id: 11, name: 'Ada Maker', email: 'ada.maker@acme.example' },
        updatedByUser: { id: 12, name: 'Bo Keeper', email: 'bo.keeper@acme.example' },
        nextExec: null,
        created: '2024-10-13T13:27:45.109Z',
      },
      {
        id: 418_340,
        name: 'Nightly copy',
        teamId: 18,
        hookId: null,
        folderId: null,
        isinvalid: true,
        isActive: false,
        isPaused: false,
        usedPackages: ['hubspotcrm', 'app#ledger'],
        lastEdit: '2024-10-14T13:27:45.109Z',
        scheduling: { type: 'indefinitely', interval: 900 },
        createdByUser: { id: 12, name: 'Bo Keeper', email: 'bo.keeper@acme.example' },
        updatedByUser: { id: 12, name: 'Bo Keeper', email: 'bo.keeper@acme.example' },
        nextExec: null,
        created: '2024-10-14T13:27:45.109Z',
      },
    ],
    pg: { sortBy: 'proprietal', sortDir: 'desc', limit: 10_000, offset: 0 },
  }),
};

/** A connection that somebody signed in for, and one with a key. */
export const connectionListExample = {
  path: 'make/connections.json',
  text: JSON.stringify({
    connections: [
      {
        id: 4001,
        name: 'Sheets',
        accountName: 'google',
        accountLabel: 'Google',
        packageName: null,
        expire: '2027-02-01T00:00:00.000Z',
        metadata: { type: 'email', value: 'ada.maker@acme.example' },
        teamId: 18,
        scopesCnt: 4,
        scoped: true,
        accountType: 'oauth',
      },
      {
        id: 4002,
        name: 'Base of the stock',
        accountName: 'airtable2',
        accountLabel: 'Airtable',
        packageName: null,
        expire: null,
        metadata: null,
        teamId: 18,
        scopesCnt: 0,
        scoped: true,
        accountType: 'basic',
      },
    ],
  }),
};

/** A hook whose address is left out, as people do who pass a list on. */
export const hookListExample = {
  path: 'make/hooks.json',
  text: JSON.stringify({
    hooks: [
      {
        id: 222_895,
        name: 'Lead form',
        teamId: 18,
        type: 'web',
        packageName: null,
        queueCount: 0,
        enabled: true,
        gone: false,
        typeName: 'gateway-webhook',
        scenarioId: 418_339,
        scenarioIsActive: true,
      },
    ],
  }),
};
