/// What `aws sso login` and the SDKs' SSO providers speak: OAuth for an access token, and the
/// portal where it is good for credentials of roles.
@NullMarked
package dev.daypass.broker.sso;

import org.jspecify.annotations.NullMarked;
