import { describe, expect, test } from 'vitest';
import type { Content, Json } from '../../src/sdk/index.ts';
import { createEngine } from './engine.ts';
import { jwt, seeded, uuid } from './samples.ts';

const engine = createEngine();
const sample = seeded(2026);
const key = `${sample.alnum(10)}7${sample.alnum(13)}`;
const password = `Tr0ub4dor&${sample.hex(4)}`;

function inTree(tree: Json, more: Partial<Content> = {}): string[] {
  return engine
    .scan({ place: 'definition', tree, ...more })
    .map((hit) => `${hit.detector} ${hit.at.pointer} ${hit.at.field} ${hit.secret.reveal()}`);
}

function inText(text: string): string[] {
  return engine.scan({ place: 'repository', text }).map((hit) => `${hit.detector} ${hit.secret.reveal()}`);
}

describe('stays quiet on', () => {
  const references = [
    '={{ $credentials.apiKey }}', '={{$json.token}}', "={{ $node['Set'].json.key }}", '{{1.apiKey}}', "@{variables('apiKey')}",
    "@parameters('apiKey')", "@body('Get_secret')?['value']", '#{_dp("token")}', '=_dp("token")', '${API_KEY}', '$API_KEY',
    '${{ secrets.API_KEY }}', '%API_KEY%', '$(API_KEY)', '$env.API_KEY', 'process.env.API_KEY', 'os.environ["API_KEY"]',
    'vault:secret/data/acme#key', 'op://vault/item/field', '@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/)',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme-Ab12Cd', 'config.api.key', 'Bearer {{ token }}', 'ENC[AES256_GCM]',
    '@acme-app-password', 'env(ACME_API_TOKEN_2)', 'env.get("Door7")', '{env:ACME_API_TOKEN_2}', 'Bearer {env:ACME_API_TOKEN_2}', '{file:~/.keys/acme-7Q2}', '^2.7.10', '~5.0.14', 'npm:5.0.0-beta.31', 'ghcr.io/acme/auth:v2.162.0',
  ]; // prettier-ignore
  const placeholders = [
    'YOUR_API_KEY', '<YOUR_KEY>', 'your-api-key-here-1234', 'xxxxxxxxxxxxxxxx', 'changeme', 'changeme123', '****************', 'REPLACE_ME_12345678',
    'sk-xxxxxxxxxxxxxxxxxxxxxxxx', 'example-key-1234567', 'test_token_98765', 'test-api-key-98765', '00abc123def456ghi789jkl012mno345pqr678stu', '1234567890abcdef', '__n8n_BLANK_VALUE_e5362baf', 'null', 'undefined', 'string', '[named-secret]',
  ]; // prettier-ignore
  test.each([...references, ...placeholders])('%s', (value) => {
    expect(inTree({ apiKey: value, password: value, headers: [{ name: 'Authorization', value }] })).toEqual([]);
    expect(inText(`api_key = "${value}"\npassword: '${value}'\n`)).toEqual([]);
    expect(inText(`API_KEY=${value}\n`)).toEqual([]);
  });

  test.each([
    "[parameters('registryPassword')]",
    "[listKeys(variables('storageId'), '2019-06-01').keys[0].value]",
    "[if(equals(parameters('a'), ''), variables('b'), concat(parameters('c'), 'Rx7', parameters('d')))]",
  ])('an expression of a deployment template: %s', (value) => {
    expect(inTree({ password: value, apiKey: value })).toEqual([]);
    expect(inText(`{ "password": "${value}", "apiKey": "${value}" }`)).toEqual([]);
  });

  test.each([
    'Server=DB\\DEV14;Database=DevERP;Trusted_Connection=True;TrustServerCertificate=True',
    'postgresql://localhost:5432/app',
    'redis://cache:6379/0',
    'sqlite:///var/lib/app2.db',
    'postgresql://user:password@localhost:5432/dbname',
    'mysql://root@db2.acme.example:3306/shop',
  ])('a connection string without a secret: %s', (value) => {
    expect(inTree({ CONNECTION_STRING: value })).toEqual([]);
    expect(inText(`CONNECTION_STRING="${value}"`)).toEqual([]);
    expect(inTree({ CONNECTION_STRING: `${value};Password=${password};` })).toHaveLength(1);
  });

  test('the path of a designer’s token', () => {
    expect(inText('Figma Token: "Desktop/Title/H1"')).toEqual([]);
    expect(inTree({ token: 'Desktop/Title/H1' })).toEqual([]);
  });

  test("keys that makers publish for everybody's trials", () => {
    const rest = sample.alnum(74);
    expect(inText(`AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNO${rest}==;`)).toEqual([]);
    expect(inText(`AccountName=acme;AccountKey=Fby8vdM02xNO${rest}==;`)).toHaveLength(1);
    expect(inTree({ privateKey: `0xac0974bec39a${sample.hex(52)}` })).toEqual([]);
  });

  test('the scopes that a call needs, in an OpenAPI description', () => {
    const security = [{ oauth2_auth: ['api://a2b9e741-b3c9-49ab-b278-1f2c21eacf5c/PATM'] }];
    expect(inTree({ swagger: '2.0', security, paths: { '/a': { get: { security } } } })).toEqual([]);
  });

  test.each(['&', '&amp;', '&#x26;'])('a link to one file that a page shows, written with %s', (and) => {
    const link = (query: string) => `<img src="https://files.acme.example/v0/b/pages/o/image.png?${query}" alt="">`;
    expect(inText(link(`alt=media${and}token=${uuid(sample)}`))).toEqual([]);
    expect(inText(link(`alt=json${and}token=${key}`))).toEqual([`named-secret ${key}`]);
  });

  test('patterns and templates that a program writes secrets with', () => {
    expect(inText('"aws_access_key": r"(?<![A-Z0-9])[A-Z0-9]{20}(?![A-Z0-9])",')).toEqual([]);
    expect(inText('"db_password": r"(?i)pass\\w*[=:][^9]+",')).toEqual([]);
    expect(inText("    scan_token = f'sec_{str(uuid.uuid4())}'")).toEqual([]);
  });

  test.each<[string, Json]>([
    [
      'names that hold no secret',
      {
        tokenUrl: `https://a.example/${key}`,
        max_tokens: '4096',
        secretName: key,
        apiKeyId: key,
        passwordField: key,
        keyName: key,
        hashed_secret: sample.hex(40),
        tokenType: key,
        publicKey: key,
        credentialsId: key,
      },
    ],
    [
      'ids under other names',
      {
        id: uuid(sample),
        workflowId: sample.alnum(16),
        versionId: uuid(sample),
        documentId: sample.base64url(44),
        hash: sample.hex(40),
      },
    ],
    [
      'addresses on a block chain',
      [
        { name: 'token', value: `0x${sample.hex(40)}` },
        { name: 'token', value: sample.chars('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 44) },
      ],
    ],
    [
      'a content type beside a header named token',
      [
        { name: 'token', value: '={{ $json.t }}' },
        { name: 'Content-Type', value: 'application/json; charset=utf-8' },
      ],
    ],
    [
      'marks of a request, of a key and of a store in the browser',
      {
        clientRequestToken: uuid(sample),
        LifecycleActionToken: uuid(sample),
        authenticity_token: sample.alnum(86),
        signingkey: `${sample.chars('0123456789ABCDEF', 15)}7`,
        STORAGE_KEY: 'acme4us-wizard-v1',
      },
    ],
    [
      'one assignment after another',
      { environment: ['ACME_AUTH_TOKEN=${RUNNER_TOKEN}', 'ACME_TASK_BROKER_URI=http://acme-worker:5679'] },
    ],
    ['an id in a query', { url: `https://acme.example/main.aspx?appid=${uuid(sample)}&key=${uuid(sample)}` }],
    ['a meeting link', { url: 'https://zoom.us/j/123456789?pwd=abc' }],
    [
      'salted hashes of passwords',
      {
        users: [{ password: `$2b$08$${sample.alnum(53)}` }],
        pass: `$argon2id$v=19$m=65536,t=3,p=4$${sample.alnum(22)}$${sample.alnum(43)}`,
        adminPassword: `$6$${sample.alnum(16)}$${sample.alnum(86)}`,
      },
    ],
    [
      'what a file of locked versions says of packages',
      { packages: { '@acme/auth-token': ['@acme/auth-token@5.1.2', '', {}, `sha512-${sample.alnum(86)}==`] } },
    ],
    ['an encrypted export', { data: `U2FsdGVk${sample.alnum(60)}`, password: `U2FsdGVk${sample.alnum(60)}` }],
    [
      'labels and messages',
      {
        password: 'Enter your password',
        passwordLabel: 'Password',
        token: 'The token of the user',
        secret: 'mySecretField',
        apiKey: 'headerAuth',
      },
    ],
    [
      'switches',
      {
        password: true,
        token: null,
        apiKey: 12,
        isPasswordVisible: 'sometimes7',
        hasApiKey: key,
        disablePassword: password,
        changePassword: key,
      },
    ],
  ])('%s', (_, tree) => {
    expect(inTree(tree)).toEqual([]);
  });

  test('a document in a text, for what is secret in it has a name of its own', () => {
    expect(inText(`CREDENTIALS='{"user":"ada","api_key":"${key}"}'`)).toEqual([`named-secret ${key}`]);
    expect(inText(`credentials = '["${uuid(sample)}", "7"]'`)).toEqual([]);
  });

  test.each([
    ['if (token === undefined) { throw new Error("token is missing"); }'],
    ['const token = await getToken(user);\nconst key = keys[0];\npassword = form.password.value;'],
    ['The basic authentication and the bearer token are described in https://docs.example.com/auth:guide@v2'],
    ['tokens: 4096, max_tokens=512, passwordHash: bcrypt.hash(password)'],
    ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:AcmeDatabase-a1b2c3'],
    ['postgresql://app:<password>@host.acme.internal:25432/app7'],
    [`Authorization: Bearer ${jwt(sample, { iss: 'acme', role: 'anon', exp: 1_983_812_996 })}`],
    [`sha256:${sample.hex(64)} integrity="sha512-${sample.alnum(86)}=="`],
  ])('code and prose %#', (text) => {
    expect(inText(text)).toEqual([]);
  });
});
