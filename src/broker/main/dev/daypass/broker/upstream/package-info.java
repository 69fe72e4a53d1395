/// Sign-in with another provider's word for who somebody is, by OpenID Connect.
@NullMarked
package dev.daypass.broker.upstream;

import org.jspecify.annotations.NullMarked;
