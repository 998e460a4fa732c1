package io.github.mtgjava.internal.fetch;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Attributes by which files and directories are made for their owner only, where the file system knows permissions. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Of a file that is made at, or in, that place. */
    public static FileAttribute<?>[] file(Path place) {
        return permissions(place, "rw-------");
    }

    /** Of a directory that is made at, or in, that place. */
    public static FileAttribute<?>[] directory(Path place) {
        return permissions(place, "rwx------");
    }

    private static FileAttribute<?>[] permissions(Path place, String permissions) {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
