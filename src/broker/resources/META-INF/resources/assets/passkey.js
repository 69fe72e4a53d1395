// Asks for a passkey where a page wants one, and puts what it signed into the form.
"use strict";
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const told = form.querySelector(".told");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) {
      return;
    }
    event.preventDefault();
    told.textContent = "";
    try {
      const options = PublicKeyCredential.parseRequestOptionsFromJSON(
        JSON.parse(form.dataset.passkey),
      );
      const credential = await navigator.credentials.get({ publicKey: options });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (failure) {
      told.textContent =
        failure.name === "NotAllowedError"
          ? "No passkey was used. Try again, or in another way."
          : "This browser cannot use a passkey here.";
    }
  });
}
