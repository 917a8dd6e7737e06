import { defineConnector } from '../../src/sdk/index.ts';
import { ldapConfig } from './config.ts';
import { checkPlaces, pagesOfGroups, pagesOfPeople, pagesOfServices, reading } from './search.ts';
import { openSession } from './session.ts';

/** A directory over LDAP: who is here, who has left, who manages whom. */
export const ldap = defineConnector({
  id: 'ldap',
  title: 'LDAP directory or Active Directory',
  docs: {
    summary:
      'Reads people, their status, managers and groups from a directory, and the service accounts of Active Directory, page by page and over TLS.',
    vendorDocs: [
      'https://www.openldap.org/doc/admin26/',
      'https://learn.microsoft.com/windows-server/identity/ad-ds/get-started/virtual-dc/active-directory-domain-services-overview',
    ],
    setup: [
      'Create an account that may read people and groups, and nothing else; give its name as bindDn and its password by reference.',
      'Name as base every place where people are kept, the places of leavers and disabled accounts included.',
      'Use ldaps://, or startTls; give the authority of the server’s certificate as ca where it is an internal one.',
      'In Active Directory, let it read the account restrictions of people (by default it may): without them, nobody is known to be switched off.',
      'Name as serviceBase where accounts of services are kept, or as serviceFilter what they have in common: without it, those without a servicePrincipalName count as people.',
      'To see who was deleted from Active Directory, let the account list and read the Deleted Objects container.',
    ],
    blindSpots: [
      'Accounts of services in a directory that is no Active Directory: they count as people, unless serviceBase or serviceFilter names them, and nothing is known of their passwords.',
      'Services of Active Directory that run under an ordinary account without a servicePrincipalName: they count as people, unless serviceBase or serviceFilter names them.',
      'A field that this account may not read: it looks like an empty one.',
      'What a service account may do, but for whether it is an administrator and whom it can act as.',
      'People in places that base does not name, and in other domains to which the server refers.',
      'Who was deleted from a directory that is no Active Directory: they are gone, and count as unknown on other platforms.',
      'When somebody last signed in, unless the directory keeps it; Active Directory writes it up to two weeks late.',
    ],
  },
  config: ldapConfig,
  async probe(config, { signal }) {
    const session = await openSession(config, signal);
    try {
      await checkPlaces(session, config.base);
      return { account: `${config.bindDn ?? 'anonymous'} at ${session.host}`, granted: 'unknown' };
    } finally {
      await session.close();
    }
  },
  streams: {
    people: {
      title: 'People, with status, manager and teams',
      emits: ['person'],
      operations: [],
      requires: [{ scope: 'search and read below base', why: 'it says who is here, and who has left' }],
      absence: 'means-gone',
      pages: (ctx) => reading(ctx, pagesOfPeople),
    },
    groups: {
      title: 'Groups with their members',
      emits: ['person'],
      operations: [],
      requires: [{ scope: 'search and read below base', why: 'a group that owns something is as good as its members' }],
      absence: 'means-gone',
      pages: (ctx) => reading(ctx, pagesOfGroups),
    },
    'service-accounts': {
      title: 'Service accounts of Active Directory, with the age and end of their passwords',
      emits: ['identity', 'credential'],
      operations: [],
      requires: [
        {
          scope: 'search and read below base',
          why: 'it says which accounts services run under, who answers for them, and how old their passwords are',
        },
      ],
      absence: 'means-gone',
      pages: (ctx) => reading(ctx, pagesOfServices),
    },
  },
});
