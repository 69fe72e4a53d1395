/// The messages of IAM Identity Center's OIDC service, with which tools ask for an access token.
@NullMarked
package dev.daypass.wire.ssooidc;

import org.jspecify.annotations.NullMarked;
