// An identity server for tests: `oidc-provider` on loopback, whose user logs in without being asked.
//
// Environment: PORT; ACCESS_TTL, in seconds, of access tokens; LEEWAY, in seconds, for which the client `leeway` may
// use a refresh token again. The key of the client `private-key-jwt` is written to `key.json`.
import { writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const port = Number(process.env.PORT);
const issuer = `http://127.0.0.1:${port}`;
const accessTtl = Number(process.env.ACCESS_TTL ?? 600);
const leeway = Number(process.env.LEEWAY ?? 30);

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
writeFileSync('key.json', JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'ES256' }));

// What identity tokens are signed with; the client `id-token-ES256` gets ES256, and so on.
const signing = ['RS256', 'PS256', 'ES256', 'Ed25519'];
const own = ['RS256', 'ES256', 'Ed25519'].map((algorithm) => generateKeyPair(algorithm, { extractable: true }));
const keys = (await Promise.all(own)).map(({ privateKey }) => exportJWK(privateKey));

// Everything that the server keeps, by kind and id.
const kept = new Map();
class Adapter {
  constructor(kind) {
    this.kind = kind;
  }
  key(id) {
    return `${this.kind}:${id}`;
  }
  async upsert(id, payload) {
    kept.set(this.key(id), payload);
  }
  async find(id) {
    const payload = kept.get(this.key(id));
    if (!payload?.consumed) {
      return payload;
    }
    // Many servers take the last refresh token again for a while, since its answer may have been lost.
    const age = Date.now() / 1000 - payload.consumed;
    const isTaken = payload.clientId === 'leeway' && age < leeway;
    return isTaken ? { ...payload, consumed: undefined } : payload;
  }
  async findBy(name, value) {
    return [...kept].find(([key, it]) => key.startsWith(`${this.kind}:`) && it[name] === value)?.[1];
  }
  async findByUid(uid) {
    return this.findBy('uid', uid);
  }
  async findByUserCode(code) {
    return this.findBy('userCode', code);
  }
  async consume(id) {
    kept.get(this.key(id)).consumed ??= Date.now() / 1000;
  }
  async destroy(id) {
    kept.delete(this.key(id));
  }
  async revokeByGrantId(grantId) {
    for (const [key, it] of kept) {
      if (it.grantId === grantId) {
        kept.delete(key);
      }
    }
  }
}

const code = 'authorization_code';
const refresh = 'refresh_token';
const device = 'urn:ietf:params:oauth:grant-type:device_code';
const forSomebody = {
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
  grant_types: [code, refresh, device],
  token_endpoint_auth_method: 'none',
};
const forItself = {
  redirect_uris: [],
  response_types: [],
  grant_types: ['client_credentials'],
  client_secret: 'a secret of at least 32 bytes, so that it signs',
};
const clients = [
  { client_id: 'public', ...forSomebody },
  { client_id: 'leeway', ...forSomebody },
  { client_id: 'pushed', ...forSomebody, require_pushed_authorization_requests: true },
  { client_id: 'dpop', ...forSomebody, dpop_bound_access_tokens: true },
  { client_id: 'nonce', ...forSomebody, dpop_bound_access_tokens: true },
  ...signing.map((id_token_signed_response_alg) => ({
    client_id: `id-token-${id_token_signed_response_alg}`,
    ...forSomebody,
    id_token_signed_response_alg,
  })),
  { client_id: 'basic', ...forItself, token_endpoint_auth_method: 'client_secret_basic' },
  { client_id: 'post', ...forItself, token_endpoint_auth_method: 'client_secret_post' },
  { client_id: 'secret-jwt', ...forItself, token_endpoint_auth_method: 'client_secret_jwt' },
  {
    client_id: 'private-key-jwt',
    ...forItself,
    client_secret: undefined,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [await exportJWK(publicKey)] },
  },
];

// The page of a device sends itself off.
const sendItself = '<script>document.forms[0].submit()</script>';
const counts = {};
const count = (what) => {
  counts[what] = (counts[what] ?? 0) + 1;
};

const provider = new Provider(issuer, {
  adapter: Adapter,
  clients,
  jwks: { keys: await Promise.all(keys) },
  enabledJWA: { idTokenSigningAlgValues: signing },
  scopes: ['openid', 'offline_access', 'parcels:read'],
  claims: { openid: ['sub'] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  issueRefreshToken: (ctx, client) => client.grantTypeAllowed(refresh),
  rotateRefreshToken: true,
  ttl: { AccessToken: accessTtl, ClientCredentials: accessTtl, DeviceCode: 60, RefreshToken: 86400, Grant: 86400, Session: 86400, Interaction: 60, IdToken: 600 },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    deviceFlow: {
      enabled: true,
      userCodeInputSource: (ctx, form) => {
        ctx.body = `${form}${sendItself}`;
      },
      userCodeConfirmSource: (ctx, form) => {
        ctx.body = `${form}${sendItself}`;
      },
      successSource: (ctx) => {
        ctx.body = 'done';
      },
    },
    dPoP: {
      enabled: true,
      nonceSecret: Buffer.alloc(32, 7),
      requireNonce: (ctx) => ctx.oidc.client?.clientId === 'nonce' || ctx.oidc.route === 'userinfo',
    },
    introspection: { enabled: true, allowedPolicy: () => true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: { enabled: true, allowedPolicy: () => true },
    userinfo: { enabled: true },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
});

provider.on('grant.success', (ctx) => count(ctx.oidc.params.grant_type));
provider.on('grant.error', (ctx, error) => count(error.message));
provider.on('grant.revoked', () => count('revoked'));
provider.on('server_error', (ctx, error) => console.error(error));

provider.use(async (ctx, next) => {
  if (ctx.path === '/counts') {
    ctx.body = counts;
  } else if (ctx.path.startsWith('/interaction/')) {
    const { params, prompt, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
    if (params.login_hint === 'nobody') {
      const refused = { error: 'access_denied', error_description: 'somebody refused' };
      return provider.interactionFinished(ctx.req, ctx.res, refused);
    }
    const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: 'ada', clientId: params.client_id });
    grant.addOIDCScope(params.scope ?? 'openid');
    const result = prompt.name === 'login' ? { login: { accountId: 'ada' } } : { consent: { grantId: await grant.save() } };
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  } else {
    await next();
  }
});

provider.listen(port, '127.0.0.1', () => console.log(`listening at ${issuer}`));
