/// OIDC providers: the issuers whose tokens the roles of an account may trust.
@NullMarked
package dev.daypass.broker.oidcproviders;

import org.jspecify.annotations.NullMarked;
