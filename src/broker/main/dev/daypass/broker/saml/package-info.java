/// Proves callers by the assertions of SAML providers.
@NullMarked
package dev.daypass.broker.saml;

import org.jspecify.annotations.NullMarked;
