package dev.splitreason.core.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an input or output error means, in words. Java leaves many of its exceptions without a
 * message, or with nothing but a file's name in it: their class says what happened.
 */
public final class FileProblem {

  private FileProblem() {}

  /** One plain line without the name of any class; never null, never empty. */
  public static String of(IOException error) {
    return switch (error) {
      case NoSuchFileException missing ->
          "no such file: " + missing.getFile() + (hasFolder(missing) ? "" : ", nor its folder");
      case AccessDeniedException denied -> "not allowed to open " + denied.getFile();
      case NotDirectoryException file -> file.getFile() + " is a file, not a folder";
      case FileAlreadyExistsException there -> there.getFile() + inTheWay(there.getFile());
      case DirectoryNotEmptyException folder -> "the folder " + folder.getFile() + " is not empty";
      case FileSystemLoopException loop -> loop.getFile() + " is a link that leads to itself";
      case FileSystemException failed ->
          orElse(failed.getReason(), "cannot be used", failed.getFile() + ": ");
      case UnknownHostException host -> orElse(host.getMessage(), "host", "unknown host: ");
      case ConnectException refused -> orElse(refused.getMessage(), "no connection", "");
      case EOFException early -> orElse(early.getMessage(), "ended early", "");
      case ClosedByInterruptException _ -> "interrupted";
      case ClosedChannelException _ -> "was closed meanwhile";
      default -> ofCause(error, "reading or writing failed");
    };
  }

  /** As {@link #of(IOException)}; an exception that tells its cause only by name is told by it. */
  public static String of(UncheckedIOException error) {
    String message = error.getMessage();
    IOException cause = error.getCause();
    return cause != null && (message == null || message.equals(cause.toString()))
        ? of(cause)
        : String.valueOf(message);
  }

  private static String ofCause(IOException error, String otherwise) {
    String message = error.getMessage();
    if (message != null && !message.isBlank()) {
      return error.getCause() instanceof IOException cause && message.equals(cause.toString())
          ? of(cause)
          : message;
    }
    return error.getCause() instanceof IOException cause ? of(cause) : otherwise;
  }

  private static String orElse(@Nullable String words, String otherwise, String before) {
    return before + (words == null || words.isBlank() ? otherwise : words);
  }

  private static String inTheWay(String file) {
    return Files.isDirectory(Path.of(file)) ? " is there already" : " is a file, not a folder";
  }

  private static boolean hasFolder(NoSuchFileException missing) {
    Path folder = Path.of(missing.getFile()).toAbsolutePath().getParent();
    return folder == null || Files.isDirectory(folder);
  }
}
