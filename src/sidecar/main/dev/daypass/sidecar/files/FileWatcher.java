package dev.daypass.sidecar.files;

/// Who is told what becomes of the files.
public interface FileWatcher {
  /// What was done.
  enum Done {
    WRITTEN,
    /// Credentials that count no more were taken out.
    REMOVED,
    FAILED
  }

  /// A role's profile was changed, or could not be.
  ///
  /// @param what where, or why not; nothing that is secret
  void filed(String role, Done done, String what);
}
