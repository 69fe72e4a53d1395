/// The files that the AWS CLI and the SDKs share: `~/.aws/config` and `~/.aws/credentials`.
@org.jspecify.annotations.NullMarked
package dev.daypass.client.aws;
