import { describe, expect, test } from 'vitest';
import { readList } from '../../test/helpers/read-list.ts';
import { people } from './index.ts';
import { looksLikePeople } from './recognise.ts';

/** Who is here, gone, or neither, by name; and whether the file is known for what it is without being named. */
interface Export {
  recognised: boolean;
  people: { readonly [name: string]: string };
  lines: readonly string[];
}

const here = { 'Ada Lovelace': 'active', 'Bob Byron': 'deprovisioned' };
const shut = { 'Ada Lovelace': 'active', 'Bob Byron': 'suspended' };

// Headings as these systems write them, people made up.
const exports: { readonly [system: string]: Export } = {
  'Microsoft 365 admin centre': {
    recognised: true,
    people: shut,
    lines: [
      '"Block credential","City","Department","Display name","Last password change time stamp","Object Id","Proxy addresses","Soft deletion time stamp","State","User principal name","When created"',
      '"FALSE","Bern","Sales","Ada Lovelace","2024-01-01 10:00:00Z","o-1","SMTP:ada@acme.example+smtp:al@acme.example","","BE","ada@acme.example","2020-01-01 08:00:00Z"',
      '"TRUE","Bern","Sales","Bob Byron","","o-2","SMTP:bob@acme.example","","BE","bob@acme.example","2020-01-01 08:00:00Z"',
    ],
  },
  'Get-ADUser | Export-Csv': {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'suspended', 'Cy Cole': 'deprovisioned' },
    lines: [
      '#TYPE Microsoft.ActiveDirectory.Management.ADUser',
      '"DistinguishedName","Enabled","GivenName","Name","ObjectClass","ObjectGUID","SamAccountName","SID","Surname","UserPrincipalName","AccountExpirationDate","LockedOut","proxyAddresses"',
      '"CN=Ada,DC=acme,DC=example","True","Ada","Ada Lovelace","user","g-1","ada","S-1-5-21-1","Lovelace","ada@acme.example","12/31/1600 4:00:00 PM","True","Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"',
      '"CN=Bob,DC=acme,DC=example","False","Bob","Bob Byron","user","g-2","bob","S-1-5-21-2","Byron","bob@acme.example","","False",""',
      '"CN=Cy,DC=acme,DC=example","True","Cy","Cy Cole","user","g-3","cy","S-1-5-21-3","Cole","cy@acme.example","12/31/2020 12:00:00 AM","False",""',
    ],
  },
  csvde: {
    recognised: true,
    people: { ...shut, 'Cy Cole': 'deprovisioned' },
    lines: [
      'DN,objectClass,displayName,userAccountControl,pwdLastSet,accountExpires,sAMAccountName,mail',
      '"CN=Ada,DC=acme,DC=example",user,Ada Lovelace,512,132000000000000000,9223372036854775807,ada,ada@acme.example',
      '"CN=Bob,DC=acme,DC=example",user,Bob Byron,514,132000000000000000,0,bob,bob@acme.example',
      '"CN=Cy,DC=acme,DC=example",user,Cy Cole,512,132000000000000000,133000000000000000,cy,cy@acme.example',
    ],
  },
  'Get-MgUser without AccountEnabled': {
    recognised: true,
    people: { 'Ada Lovelace': 'unknown', 'Bob Byron': 'unknown' },
    lines: [
      '"AccountEnabled","DisplayName","Id","Mail","UserPrincipalName","Manager"',
      '"","Ada Lovelace","1","ada@acme.example","ada@acme.example","Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject"',
      '"","Bob Byron","2","bob@acme.example","bob@acme.example","Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject"',
    ],
  },
  'Google Workspace': {
    recognised: true,
    people: shut,
    lines: [
      'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY],Employee ID,2sv Enrolled [READ ONLY],New Status [UPLOAD ONLY]',
      'Ada,Lovelace,ada@acme.example,****,/Staff,Active,2026/11/01 10:00:00,7,True,',
      'Bob,Byron,bob@acme.example,****,/Staff,Suspended,Never logged in,8,False,',
    ],
  },
  'GAM print users': {
    recognised: true,
    people: { ...shut, 'Cy Cole': 'suspended' },
    lines: [
      'primaryEmail,name.fullName,id,suspended,archived,isAdmin,orgUnitPath,lastLoginTime,aliases.0,aliases.1',
      'ada@acme.example,Ada Lovelace,1001,False,False,True,/,Never,al@acme.example,',
      'bob@acme.example,Bob Byron,1002,True,False,False,/,Never,,',
      'cy@acme.example,Cy Cole,1003,False,True,False,/,Never,,',
    ],
  },
  Okta: {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'deprovisioned', 'Cy Cole': 'active', 'Di Drew': 'invited' },
    lines: [
      'Login,Email,First Name,Last Name,Status,Last Login,Manager',
      'ada@acme.example,ada@acme.example,Ada,Lovelace,ACTIVE,2026-11-01T00:00:00Z,bob@acme.example',
      'bob@acme.example,bob@acme.example,Bob,Byron,DEPROVISIONED,,',
      'cy@acme.example,cy@acme.example,Cy,Cole,LOCKED_OUT,,',
      'di@acme.example,di@acme.example,Di,Drew,STAGED,,',
    ],
  },
  BambooHR: {
    recognised: true,
    people: here,
    lines: [
      'Employee #,"Last name, First name",Work Email,Employment Status,Status,Hire Date,Termination Date,Job Title',
      '7,"Lovelace, Ada",ada@acme.example,Full-Time,Active,01/15/2020,,Countess',
      '8,"Byron, Bob",bob@acme.example,Terminated,Inactive,01/15/2020,03/31/2025,Poet',
    ],
  },
  'Personio, in German': {
    recognised: true,
    people: { ...here, 'Cy Özil': 'active' },
    lines: [
      'Personalnummer;Vorname;Nachname;E-Mail;Status;Beschäftigungsart;Austrittsdatum;Letzter Arbeitstag;Vorgesetzter',
      '7;Ada;Lovelace;ada@acme.example;aktiv;Intern;;;Bob Byron',
      '8;Bob;Byron;bob@acme.example;inaktiv;Extern;31.12.2024;20.12.2024;',
      '9;Cy;Özil;cy@acme.example;Elternzeit;Intern;;;',
    ],
  },
  'Workday, with a title and a total': {
    recognised: true,
    people: { ...here, Cy: 'active' },
    lines: [
      'Workers as of 11/22/2026,,,,',
      ',,,,',
      'Worker,Employee ID,Worker Status,Email - Primary Work,Termination Date,Termination Reason',
      'Ada Lovelace,7,Active,ada@acme.example,,',
      'Bob Byron (Terminated),8,,bob@acme.example,,Moved',
      'Cy (On Leave),9,On Leave,cy@acme.example,,',
      'Total,3,,,,',
    ],
  },
  'SAP SuccessFactors, with its headings twice': {
    recognised: true,
    people: here,
    lines: [
      'STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,EMAIL,MANAGER,HR,EMPID',
      'Status,User ID,Username,First Name,Last Name,Email,Manager,HR,Employee ID',
      'active,7,ada,Ada,Lovelace,ada@acme.example,8,NO_HR,7',
      'inactive,8,bob,Bob,Byron,bob@acme.example,NO_MANAGER,NO_HR,8',
    ],
  },
  HiBob: {
    recognised: true,
    people: { ...here, 'Cy Cole': 'suspended' },
    lines: [
      'Employee ID,Display name,Email,Lifecycle status,Start date,Termination date,Reports to',
      '7,Ada Lovelace,ada@acme.example,Employed,15/01/2020,,Bob',
      '8,Bob Byron,bob@acme.example,Terminated,15/01/2020,31/03/2025,',
      '9,Cy Cole,cy@acme.example,Garden leave,15/01/2020,,',
    ],
  },
  Rippling: {
    recognised: true,
    people: here,
    lines: [
      'Employee,Work email,Employment status,Employment type,Department,Manager,End date',
      'Ada Lovelace,ada@acme.example,Active,Salaried full-time,Sales,Bob,',
      'Bob Byron,bob@acme.example,Terminated,Contractor,Sales,,03/31/2025',
    ],
  },
  ADP: {
    recognised: true,
    people: { ...here, 'Cy Cole': 'active' },
    lines: [
      'Associate ID,File Number,Payroll Name,Position Status,Termination Date,Termination Reason,Work Contact: Work Email,Reports To Name',
      'A7,000007,"Lovelace, Ada",Active,,,ada@acme.example,"Byron, Bob"',
      'A8,000008,"Byron, Bob",Terminated,03/31/2025,Moved,bob@acme.example,',
      'A9,000009,"Cole, Cy",Leave,,,cy@acme.example,',
    ],
  },
  Gusto: {
    recognised: true,
    people: here,
    lines: [
      'First name,Last name,Work email,Personal email,Manager,Employment status,Last day',
      'Ada,Lovelace,ada@acme.example,a@home.example,Bob,Active,',
      'Bob,Byron,bob@acme.example,,,Dismissed,03/31/2025',
    ],
  },
  'DATEV, in German': {
    recognised: true,
    people: here,
    lines: [
      'Personalnummer;Nachname;Vorname;Eintrittsdatum;Austrittsdatum;E-Mail-Adresse;Kostenstelle',
      '00007;Lovelace;Ada;01.01.20;;ada@acme.example;100',
      '00008;Byron;Bob;01.01.20;31.12.24;b@acme.example;100',
    ],
  },
  'a French payroll': {
    recognised: true,
    people: here,
    lines: [
      "Matricule;Nom;Prénom;Adresse e-mail;Statut;Date d'entrée;Date de sortie;Service;Responsable hiérarchique",
      '7;Lovelace;Ada;ada@acme.example;Actif;15/01/2020;;Ventes;Bob',
      '8;Byron;Bob;bob@acme.example;Parti;15/01/2020;31/03/2025;Ventes;',
    ],
  },
  JumpCloud: {
    recognised: true,
    people: shut,
    lines: [
      'username,email,firstname,lastname,activated,suspended,account_locked,employeeIdentifier,department,manager',
      'ada,ada@acme.example,Ada,Lovelace,true,false,true,7,Sales,',
      'bob,bob@acme.example,Bob,Byron,true,true,false,8,Sales,',
    ],
  },
  // A platform's own users are no directory of the organisation unless somebody says so.
  Slack: {
    recognised: false,
    people: { ...here, 'Cy Cole': 'deprovisioned' },
    lines: [
      'username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp',
      'ada,ada@acme.example,Member,1,1,0,U01,Ada Lovelace,ada,',
      'bob,bob@acme.example,Deactivated,0,0,0,U02,Bob Byron,bob,',
      'cy,cy@other.example,Multi-Channel Guest,1,0,0,U03,Cy Cole,cy,1700000000',
    ],
  },
  Atlassian: {
    recognised: false,
    people: here,
    lines: [
      'User id,User name,email,User status,Added to org,Org role,Last seen in Jira - acme',
      '712020:aa,Ada Lovelace,ada@acme.example,Active,3 Jan 2024,User,Never accessed',
      '712020:bb,Bob Byron,bob@acme.example,Inactive,3 Jan 2024,User,28 Apr 2024',
    ],
  },
  'GitHub, which lists members alone': {
    recognised: false,
    people: { 'Ada Lovelace': 'active' },
    lines: [
      'login,name,tfa_enabled,is_public,updated_at,last_active,role,saml_name_id',
      'ada,Ada Lovelace,true,false,2026-01-01 10:00:00 -0700,,Member,ada@acme.example',
    ],
  },
  'UKG, with its codes': {
    recognised: true,
    people: { ...here, 'Cy Cole': 'active' },
    lines: [
      'Employee Number,First Name,Last Name,Employee Status Code,Employee Type,Email Address,Supervisor Name,Org Level 1,Last Hire Date,Termination Date',
      '1,Ada,Lovelace,A,FTR,ada@acme.example,"Hopper, Grace",IT,01/13/2015,',
      '2,Bob,Byron,T,FTR,bob@acme.example,"Lovelace, Ada",IT,02/20/2015,10/31/2025',
      '3,Cy,Cole,L,FTR,cy@acme.example,"Lovelace, Ada",IT,02/20/2015,',
    ],
  },
  'HiBob, whose hired have not begun': {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'invited' },
    lines: [
      'Employee ID,Display name,Email,Lifecycle status,Reports to,Start date,Termination date',
      '1,Ada Lovelace,ada@acme.example,Employed,Grace Hopper,13/01/2015,',
      '2,Bob Byron,bob@acme.example,Hired,Ada Lovelace,05/01/2099,',
    ],
  },
  "Okta, with everybody's dates": {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'deprovisioned' },
    lines: [
      'User Id,Login,First name,Last name,Email,Secondary email,Status,Created Date,Activated Date,Status Changed Date,Manager',
      '00u1,ada@acme.example,Ada,Lovelace,ada@acme.example,,ACTIVE,2015-01-13T00:00:00.000Z,2015-01-13T00:00:00.000Z,,',
      '00u2,bob@acme.example,Bob,Byron,bob@acme.example,,DEPROVISIONED,2015-01-13T00:00:00.000Z,,2025-10-31T00:00:00.000Z,Ada Lovelace',
    ],
  },
  'Workday, as a report for programs with zones behind its days': {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'deprovisioned' },
    lines: [
      'Employee_ID,Worker,Email_-_Primary_Work,Worker_Status,Worker_Type,Hire_Date,Termination_Date',
      '1,Ada Lovelace,ada@acme.example,Active,Employee,2015-01-13-08:00,2099-10-31-07:00',
      '2,Bob Byron,bob@acme.example,Active,Employee,2015-01-13-08:00,2025-10-31-07:00',
    ],
  },
  'Workday, which marks who is on a contract': {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'deprovisioned' },
    lines: [
      'Employee ID,Worker,Email - Primary Work,Employee Status',
      '1,Ada Lovelace [C],ada@acme.example,Active',
      '2,Bob Byron [C] (Terminated),bob@acme.example,Active',
    ],
  },
  'a French payroll, with reasons for being away': {
    recognised: true,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'active', 'Cy Cole': 'deprovisioned' },
    lines: [
      'Matricule;Nom;Prénom;Adresse e-mail;Statut;Date de sortie',
      '1;Lovelace;Ada;ada@acme.example;Congé maternité;',
      '2;Byron;Bob;bob@acme.example;Arrêt maladie;',
      '3;Cole;Cy;cy@acme.example;Sorti;31/10/2025',
    ],
  },
  'OneLogin, whose numbers nobody knows': {
    recognised: false,
    people: { 'Ada Lovelace': 'active', 'Bob Byron': 'unknown' },
    lines: [
      'id,firstname,lastname,email,username,status,last_login',
      '1,Ada,Lovelace,ada@acme.example,ada,1,',
      '2,Bob,Byron,bob@acme.example,bob,2,',
    ],
  },
};

describe('the export of', () => {
  test.each(Object.entries(exports))('%s', async (_, { recognised, people: expected, lines }) => {
    const text = `${lines.join('\r\n')}\r\n`;
    const { items, blind } = await readList((ctx) => people.streams['people']!.pages(ctx), 'export.csv', text);
    const found = items.flatMap(({ record }) => (record.kind === 'person' ? [[record.name, record.status]] : []));
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(blind.join('\n')).not.toContain('set aside');
    expect(looksLikePeople(Buffer.from(text))).toBe(recognised);
  });
});
