/// Web identities: tokens of identity providers, and the issuers' keys that prove them.
@NullMarked
package dev.daypass.broker.webidentity;

import org.jspecify.annotations.NullMarked;
