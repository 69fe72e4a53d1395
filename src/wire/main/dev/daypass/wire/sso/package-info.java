/// The messages of IAM Identity Center's portal: whoever has an access token sees roles, and has
/// credentials of theirs.
@NullMarked
package dev.daypass.wire.sso;

import org.jspecify.annotations.NullMarked;
