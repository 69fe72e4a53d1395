package dev.daypass.broker.signin;

import com.nimbusds.jwt.JWTClaimsSet;

/// The sign-in of somebody without a user, as a provider vouched for it.
///
/// @param account whose roles it is for
/// @param upstream the name of the provider
/// @param claims of the ID token, all of which were proven
record FederatedSignIn(String id, String account, String upstream, JWTClaimsSet claims) {}
