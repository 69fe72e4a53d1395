// A browser walks the pages, in light and dark, on a desktop and a phone: each is looked at by
// axe-core, fits its window, and runs nothing that its policy forbids. Screenshots lie in ./shots.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { account, check, code, codeOf, password, url, user } from "./broker.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const link = process.env.DAYPASS_LINK;
const shots = new URL("./shots/", import.meta.url).pathname;
mkdirSync(shots, { recursive: true });

const DESKTOP = { width: 1000, height: 800 };
const PHONE = { width: 390, height: 800 };
const LOOKS = {
  light: { colorScheme: "light", viewport: DESKTOP },
  dark: { colorScheme: "dark", viewport: DESKTOP },
  phone: { colorScheme: "light", viewport: PHONE },
  "phone-dark": { colorScheme: "dark", viewport: PHONE },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});

/** Of whoever signed in first: a second factor is good once, and the next takes half a minute. */
let signedIn;

/** A window, which says what is wrong with what it shows. */
async function open(look, storageState) {
  const context = await browser.newContext({ ...LOOKS[look], storageState });
  // axe-core is a script from elsewhere, which our policy forbids: it looks at a copy.
  const beside = await browser.newContext({ ...LOOKS[look], bypassCSP: true });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`${error}`));
  page.on("console", (message) => {
    const expected = message.text().includes("the server responded with a status of 4");
    if (message.type() === "error" && !expected) {
      wrong.push(message.text());
    }
  });
  const lookAt = async (name) => {
    await page.screenshot({ path: `${shots}${look}-${name}.png`, fullPage: true });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wider <= 0, `${look} ${name} is wider than its window by ${wider}`);
    const copy = await beside.newPage();
    await copy.setContent((await page.content()).replaceAll('"/assets/', `"${url}/assets/`), {
      waitUntil: "load",
    });
    await copy.addScriptTag({ content: axe });
    const { violations } = await copy.evaluate(() => globalThis.axe.run());
    await copy.close();
    for (const { id, impact, nodes } of violations) {
      wrong.push(`${look} ${name}: ${id} (${impact}) ${nodes.map((node) => node.target).join(" ")}`);
    }
    check(wrong.length === 0, wrong.join("\n"));
  };
  const close = async () => {
    await beside.close();
    await context.close();
  };
  return { page, lookAt, close };
}

const press = (page, action) => page.locator(`form[action="${action}"] button`).first().click();

/** Nothing but a keyboard. */
async function signInByKeyboard(page) {
  for (const text of [account, user, password]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
}

/** The way in, as strangers see it. */
async function walkIn(look) {
  const { page, lookAt, close } = await open(look);
  if (link) {
    await page.goto(link);
    await lookAt("enrol");
  }
  await page.goto(`${url}/v1/authorize?x=y`);
  await lookAt("wrong-link");
  await page.goto(`${url}/device`);
  await lookAt("sign-in");
  await page.fill("#account", account);
  await page.fill("#name", user);
  await page.fill("#password", "wrong");
  await press(page, "/sign-in");
  await lookAt("sign-in-wrong");
  await page.goto(`${url}/device`);
  await page.focus("#account");
  await signInByKeyboard(page);
  await page.waitForSelector("#code");
  await lookAt("second-factor");
  await page.locator("summary").click();
  await lookAt("second-factor-lost");
  if (!signedIn) {
    await page.fill("#code", await code());
    await press(page, "/sign-in/code");
    await page.waitForURL(`${url}/device`);
    signedIn = await page.context().storageState();
  }
  await close();
}

/** What whoever has signed in sees. */
async function walkAround(look) {
  const { page, lookAt, close } = await open(look, signedIn);
  await page.goto(`${url}/device`);
  await lookAt("device");
  await page.fill("#code", "BCDF-GHJK");
  await page.locator('form[action="/device"] button').click();
  await lookAt("device-unknown");
  for (const path of ["home", "security", "security/password", "security/sessions", "security/keys", "security/activity"]) {
    await page.goto(`${url}/${path}`);
    await lookAt(path.replace("/", "-"));
  }
  await page.goto(`${url}/security`);
  await press(page, "/security/recovery");
  await lookAt("recovery-codes");
  await page.goto(`${url}/security`);
  await press(page, "/security/authenticator");
  await lookAt("authenticator");
  await page.goto(`${url}/step-up`);
  await lookAt("step-up");
  await page.goto(`${url}/admin/users`);
  await lookAt("admin-users");
  await page.fill("#name", `met-${look}`);
  await press(page, "/admin/users");
  await lookAt("admin-link");
  await page.goto(`${url}/admin/user?name=${user}`);
  await lookAt("admin-user");
  for (const name of ["groups", "roles", "policies", "policies?scope=aws", "requests", "activity"]) {
    await page.goto(`${url}/admin/${name}`);
    await lookAt(`admin-${name.replace("?scope=", "-")}`);
  }
  await administer(page, look, lookAt);
  await close();
}

/** A group, a policy that is checked while it is typed, and a role. */
async function administer(page, look, lookAt) {
  await page.goto(`${url}/admin/groups`);
  await page.fill("#name", `group-${look}`);
  await press(page, "/admin/groups");
  await page.fill("#user", user);
  await press(page, "/admin/group/add");
  await page.fill("#policy", "arn:aws:iam::aws:policy/ReadOnlyAccess");
  await press(page, "/admin/group/attach");
  await lookAt("admin-group");
  await page.locator("details.second summary").click();
  await press(page, "/admin/group/delete");
  await lookAt("admin-group-refused");
  await writePolicy(page, look, lookAt);
  await page.goto(`${url}/admin/role?name=${process.env.DAYPASS_ROLE}`);
  await lookAt("admin-role");
  await page.goto(`${url}/admin/role/trust?name=${process.env.DAYPASS_ROLE}`);
  await page.click("button[name=check]");
  await page.waitForSelector("#checked");
  await lookAt("admin-trust");
  await page.goto(`${url}/admin/role/new`);
  await lookAt("admin-new-role");
}

async function writePolicy(page, look, lookAt) {
  await page.goto(`${url}/admin/policy/new`);
  await page.fill("#name", `policy-${look}`);
  const policy = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iam:PassRole", Resource: "*" } };
  await page.fill("#document", "{");
  await page.waitForFunction(() => document.querySelector("#found").textContent.includes("1 error"));
  await page.fill("#document", JSON.stringify(policy, null, 2));
  await page.waitForFunction(() => document.querySelector("#found").textContent.includes("security warning"));
  check((await page.textContent("#checked")).includes("Allows iam:PassRole on every resource."), "no sentence says it");
  await lookAt("admin-new-policy");
  await page.locator('form[action="/admin/policy/new"] button').last().click();
  await page.waitForURL(/admin\/policy\?arn=/);
  await page.locator("main a.button").click();
  await lookAt("admin-new-version");
  await page.locator('form[action="/admin/policy/edit"] button').last().click();
  await page.waitForURL(/admin\/policy\?arn=/);
  await lookAt("admin-policy");
}

/** A tool on this computer, which gets its answer. */
async function authorize() {
  const { page, lookAt, close } = await open("light", signedIn);
  const asked = new Promise((answered) => {
    const tool = createServer((request, response) => {
      response.end("done");
      tool.close();
      answered(request.url);
    }).listen(0, "127.0.0.1", async () => {
      const callback = `http://127.0.0.1:${tool.address().port}/oauth/callback`;
      const query = new URLSearchParams({
        response_type: "code",
        client_id: "arn:aws:signin:::devtools/same-device",
        state: "the-state",
        code_challenge_method: "SHA-256",
        scope: "openid",
        redirect_uri: callback,
        code_challenge: "x".repeat(43),
      });
      await page.goto(`${url}/v1/authorize?${query}`);
      await lookAt("authorize");
      await page.check('input[value="self"]');
      await page.click("button[value=allow]");
    });
  });
  check(/^\/oauth\/callback\?code=[^&]+&state=the-state$/.test(await asked), "the tool was not answered");
  await close();
}

/** A passkey of an authenticator that the browser pretends to have. */
async function passkey() {
  const { page, lookAt, close } = await open("light", signedIn);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${url}/security`);
  await press(page, "/security/passkey");
  await lookAt("new-passkey");
  await page.fill("#label", "laptop");
  await page.locator('form[action="/security/passkey/answer"] button').click();
  await page.waitForURL(`${url}/security`);
  check((await page.content()).includes("laptop"), "the passkey was not added");
  await press(page, "/sign-out");
  await page.waitForURL(/sign-in/);
  await press(page, "/sign-in/passkey");
  await lookAt("passkey");
  await page.locator('form[action="/sign-in/passkey/answer"] button').click();
  await page.waitForURL(`${url}/home`);
  check((await page.content()).includes("with a second factor"), "a passkey is two factors");
  await close();
}

/** From a link to somebody who signs in. */
async function enrol() {
  const { page, lookAt, close } = await open("light");
  await page.goto(link);
  const seed = await page.locator('form[action="/enrol"] input[name=seed]').inputValue();
  await page.fill("#password", "a password of an administrator");
  await page.fill("#again", "a password of an administrator");
  const now = Date.now();
  await page.fill("#first", codeOf(seed, now - 30_000));
  await page.fill("#second", codeOf(seed, now));
  await press(page, "/enrol");
  await lookAt("enrolled");
  await page.locator("main a.button").click();
  check((await page.inputValue("#name")) === "admin", "the name is not there yet");
  await close();
}

try {
  for (const look of Object.keys(LOOKS)) {
    await walkIn(look);
    await walkAround(look);
  }
  await authorize();
  await passkey();
  if (link) {
    await enrol();
  }
  console.log("walked");
} finally {
  await browser.close();
}
