// The AWS SDK for JavaScript renews what `aws login` and `aws sso login` left behind.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SSOClient } from "@aws-sdk/client-sso";
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { fromLoginCredentials } from "@aws-sdk/credential-provider-login";
import { fromSSO } from "@aws-sdk/credential-provider-sso";
import { account, check, code, password, role, url, user } from "./broker.mjs";

const region = "us-east-1";
const home = mkdtempSync(join(tmpdir(), "daypass-"));
process.env.HOME = home;
process.env.AWS_LOGIN_CACHE_DIRECTORY = join(home, "login");
mkdirSync(join(home, ".aws/sso/cache"), { recursive: true });
mkdirSync(join(home, "login"));

/** As much of a browser as forms take. */
class Forms {
  cookies = new Map();

  async send(path, fields) {
    const response = await fetch(new URL(path, url), {
      method: fields ? "POST" : "GET",
      redirect: "manual",
      headers: {
        accept: "text/html",
        origin: url,
        "sec-fetch-site": "same-origin",
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: fields && new URLSearchParams(fields),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(";")[0].split("=");
      this.cookies.set(name, value);
    }
    return { status: response.status, to: response.headers.get("location"), text: await response.text() };
  }

  /** Fills in the form for this action. */
  submit(page, action, fields) {
    const form = page.text.match(new RegExp(`<form method="post" action="${action}"[^>]*>(.*?)</form>`, "s"));
    check(form, `no form for ${action} in ${page.text}`);
    const hidden = [...form[1].matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)];
    const all = Object.fromEntries(
      hidden.map(([, name, value = ""]) => [name, value.replaceAll("&amp;", "&").replaceAll("&#39;", "'")]),
    );
    return this.send(action, { ...all, ...fields });
  }

  /** Signs in where it must on the way to a page. */
  async open(path) {
    const page = await this.send(path);
    if (page.status === 200) {
      return page;
    }
    const signIn = await this.send(page.to);
    const second = await this.submit(signIn, "/sign-in", { account, name: user, password });
    const done = await this.submit(second, "/sign-in/code", { code: await code() });
    check(done.status === 303, `not signed in: ${done.text}`);
    return this.send(done.to);
  }
}

const forms = new Forms();

async function whoIs(credentials) {
  const sts = new STSClient({ region, endpoint: url, credentials });
  return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
}

async function login() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const verifier = randomUUID() + randomUUID();
  const redirectUri = "http://127.0.0.1:49152/oauth/callback";
  const clientId = "arn:aws:signin:::devtools/same-device";
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    state: randomUUID(),
    code_challenge_method: "SHA-256",
    scope: "openid",
    redirect_uri: redirectUri,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  });
  const page = await forms.open(`/v1/authorize?${query}`);
  const choice = `arn:aws:iam::${account}:role/${role}`;
  const back = await forms.submit(page, "/v1/authorize", { choice, answer: "allow" });

  const jwk = publicKey.export({ format: "jwk" });
  const part = (claims) => Buffer.from(JSON.stringify(claims)).toString("base64url");
  const head = part({ typ: "dpop+jwt", alg: "ES256", jwk });
  const body = part({
    jti: randomUUID(),
    htm: "POST",
    htu: `${url}/v1/token`,
    iat: Math.floor(Date.now() / 1000),
  });
  const proof = sign("sha256", Buffer.from(`${head}.${body}`), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const answer = await fetch(`${url}/v1/token`, {
    method: "POST",
    headers: { "content-type": "application/json", dpop: `${head}.${body}.${proof.toString("base64url")}` },
    body: JSON.stringify({
      clientId,
      grantType: "authorization_code",
      code: new URL(back.to).searchParams.get("code"),
      codeVerifier: verifier,
      redirectUri,
    }),
  });
  const token = await answer.json();
  check(answer.ok, JSON.stringify(token));

  const session = JSON.parse(Buffer.from(token.idToken.split(".")[1], "base64url")).sub;
  const file = join(home, "login", createHash("sha256").update(session).digest("hex") + ".json");
  const expired = new Date(Date.now() - 60_000).toISOString();
  writeFileSync(
    file,
    JSON.stringify({
      accessToken: { ...token.accessToken, accountId: account, expiresAt: expired },
      refreshToken: token.refreshToken,
      clientId,
      dpopKey: privateKey.export({ format: "pem", type: "sec1" }),
    }),
  );
  writeFileSync(join(home, ".aws/config"), `[profile day]\nregion = ${region}\nlogin_session = ${session}\n`);
  const arn = await whoIs(fromLoginCredentials({ profile: "day", clientConfig: { endpoint: url } }));
  check(arn.endsWith(`:assumed-role/${role}/${user}`), arn);
  check(JSON.parse(readFileSync(file)).refreshToken !== token.refreshToken, "the login was not renewed");
  console.log(`login: ${arn}`);
}

async function sso() {
  const startUrl = "https://daypass.awsapps.com/start";
  const oidc = new SSOOIDCClient({ region, endpoint: url });
  const client = await oidc.send(
    new RegisterClientCommand({ clientName: "e2e", clientType: "public", scopes: ["sso:account:access"] }),
  );
  const known = { clientId: client.clientId, clientSecret: client.clientSecret };
  const device = await oidc.send(new StartDeviceAuthorizationCommand({ ...known, startUrl }));
  const page = await forms.open(device.verificationUriComplete.slice(url.length));
  await forms.submit(page, "/device", { answer: "allow" });
  const token = await oidc.send(
    new CreateTokenCommand({
      ...known,
      grantType: "urn:ietf:params:oauth:grant-type:device_code",
      deviceCode: device.deviceCode,
    }),
  );

  const file = join(home, ".aws/sso/cache", createHash("sha1").update("daypass").digest("hex") + ".json");
  writeFileSync(
    file,
    JSON.stringify({
      startUrl,
      region,
      accessToken: token.accessToken,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  );
  writeFileSync(
    join(home, ".aws/config"),
    `[profile day]
region = ${region}
sso_session = daypass
sso_account_id = ${account}
sso_role_name = ${role}

[sso-session daypass]
sso_region = ${region}
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access
`,
  );
  const arn = await whoIs(
    fromSSO({ profile: "day", ssoClient: new SSOClient({ region, endpoint: url }), ignoreCache: true }),
  );
  check(arn.endsWith(`:assumed-role/${role}/${user}`), arn);
  console.log(`sso: ${arn}`);
}

await login();
await sso();
