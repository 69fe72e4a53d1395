// Asks for a passkey where a page wants one, or has one made, and puts the answer into the form.
"use strict";
const ways = {
  passkey: (options) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    }),
  newPasskey: (options) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    }),
};
for (const [name, ask] of Object.entries(ways)) {
  for (const form of document.forms) {
    if (form.dataset[name]) {
      form.addEventListener("submit", (event) => answer(event, form, ask, form.dataset[name]));
    }
  }
}

async function answer(event, form, ask, options) {
  const told = form.querySelector(".told");
  event.preventDefault();
  told.textContent = "";
  try {
    const credential = await ask(JSON.parse(options));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (failure) {
    told.textContent =
      failure.name === "NotAllowedError"
        ? "No passkey was used. Try again, or in another way."
        : "This browser cannot use a passkey here.";
  }
}
