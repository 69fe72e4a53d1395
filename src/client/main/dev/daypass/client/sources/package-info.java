/// Where a workload's credentials come from: a token of its platform, a certificate, an access key,
/// a person's sign-in, or the credentials of another role.
@org.jspecify.annotations.NullMarked
package dev.daypass.client.sources;
