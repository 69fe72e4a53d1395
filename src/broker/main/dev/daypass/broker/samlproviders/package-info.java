/// SAML providers: the identity providers whose assertions the roles of an account may trust.
@NullMarked
package dev.daypass.broker.samlproviders;

import org.jspecify.annotations.NullMarked;
