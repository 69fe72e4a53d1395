/// Credentials in files, for programs that read nothing else.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar.files;
