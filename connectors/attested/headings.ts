import type { Columns } from '../../src/formats/columns.ts';

/** The columns of an attested inventory, and what governance teams call them in their spreadsheets. */
export const columns: Columns = {
  list: 'items',
  names: (
    'platform type name id owner technical_owner backup_owner approver requester ' +
    'reviewer approved_on reviewed_on created expires last_used last_rotated rotation replacement_planned environment scopes ' +
    'approved_scopes used_scopes used_since reach admin third_party evidence store vault_path host authentication signed payload ' +
    'carries_token grants impersonates shared_with status notes'
  ).split(' '),
  headings: {
    platform: `
      vendor, application, app, application name, system, target system, product, saas, tool, anwendung,
      system/anwendung, plattform, zielsystem, hersteller, logiciel
    `,
    type: 'kind, credential type, key type, secret type, account type, art, typ, typ des schlüssels',
    name: `
      key name, credential name, api key name, token name, integration, integration name, label, title, service
      account, account name, bezeichnung, name des schlüssels, nom, nom de la clé
    `,
    id: `
      key id, client id, app id, application id, integration key, integrator key, credential id, access key id,
      consumer id, object id, identifier, identifier / client id, kennung, schlüssel-id, client-id, identifiant client
    `,
    owner: `
      business owner, key owner, application owner, app owner, owner email, owner name, data owner, responsible,
      accountable, credential owner, eigentümer, verantwortlich, verantwortlicher, fachlich verantwortlich,
      propriétaire, responsable
    `,
    technical_owner: `
      technical contact, tech owner, it owner, system owner, custodian, maintainer, operator, administrator, technisch
      verantwortlich, technischer ansprechpartner, responsable technique
    `,
    backup_owner: 'deputy, secondary owner, backup contact, delegate, stellvertreter, vertretung, suppléant',
    approver: `
      approved by, approval by, authorised by, authorized by, genehmigt von, freigegeben von, approuvé par
    `,
    requester: 'requested by, requestor, created by, beantragt von, angefordert von, demandé par, demandeur',
    reviewer: `
      reviewed by, last reviewed by, review by, reviewer name, certified by, attested by, geprüft von, überprüft von,
      revu par, vérifié par
    `,
    reviewed_on: `
      reviewed, reviewed at, review date, date reviewed, last review, last reviewed, last reviewed on, last review
      date, date of last review, certified on, attested on, geprüft am, überprüft am, letzte prüfung, letzte
      überprüfung, revu le, vérifié le, dernière revue
    `,
    approved_on: `
      approval date, approved at, date approved, date of approval, genehmigt am, freigegeben am, approuvé le
    `,
    created: `
      created on, created at, creation date, date created, issued, issued on, issue date, erstellt am, créé le
    `,
    expires: `
      expires on, expires at, expiry, expiry date, expiration, expiration date, valid until, valid to, end date, key
      expiry, secret expiry, token expiry, contract end, contract end date, vertragsende, gültig bis, ablauf, ablaufdatum, läuft ab am, expire le, date d'expiration,
      date d’expiration
    `,
    last_used: `
      last used on, last used at, last use, last activity, last seen, zuletzt verwendet, dernière utilisation
    `,
    last_rotated: `
      last rotated on, last rotation, last rotation date, rotated on, rotation date, last renewed, last changed,
      zuletzt rotiert, letzte rotation, letzter wechsel, dernière rotation
    `,
    rotation: 'rotation type, rotation method',
    replacement_planned: 'renewal planned, renewal scheduled, replacement scheduled, erneuerung geplant',
    environment: 'env, stage, umgebung, environnement',
    scopes: 'scope, permissions, permission, rights, access, berechtigungen, rechte, droits',
    approved_scopes: 'approved permissions, approved rights, genehmigte rechte, droits approuvés',
    used_scopes: 'used permissions, permissions used, exercised permissions, genutzte rechte, droits utilisés',
    used_since: 'watched since, observed since, usage since, beobachtet seit, observé depuis',
    admin: 'is admin, privileged, privilegiert',
    third_party: 'is third party, external party, third-party app, supplier app, drittanbieter, fremdanbieter, tiers',
    evidence: 'proof, ticket, ticket number, change number, reference, nachweis, beleg, preuve',
    store: `
      stored in, storage, storage location, secret location, where stored, ablage,
      ablageort, gespeichert in, stocké dans
    `,
    vault_path: 'vault, secret path, vault name, key vault, path in vault, pfad im tresor, tresor',
    host: 'url, endpoint, endpoint url, webhook url, target url, callback url',
    authentication: 'auth, auth method, authentication method, auth type',
    grants: 'grant types, grant type',
    status: 'state, key status, zustand, statut',
    notes: `
      note, comment, comments, remark, remarks, description, purpose, bemerkung, beschreibung, zweck, commentaire
    `,
  },
  needless: 'next review, next review date, review due, review frequency, review status',
  dates: ['approved_on', 'reviewed_on', 'created', 'expires', 'last_used', 'last_rotated', 'used_since'],
};
