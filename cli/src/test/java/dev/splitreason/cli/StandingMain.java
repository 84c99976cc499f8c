package dev.splitreason.cli;

import ch.qos.logback.classic.LoggerContext;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one command after another, as {@link StandingProcess} asks it to: each with
 * standard streams of its own, below Java, so that it cannot tell. What a command may leave behind
 * in the process otherwise is its logging, which begins anew.
 */
final class StandingMain {

  private StandingMain() {}

  /** Connects to the port that it is told, and serves commands until the connection ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Commands that start themselves once more start the command, not this.
    System.setProperty("sun.java.command", Main.class.getName());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      while (true) {
        serve(in, out);
      }
    } catch (EOFException e) {
      System.exit(0);
    }
  }

  private static void serve(DataInputStream in, DataOutputStream out)
      throws IOException, InterruptedException {
    String[] arguments = new String[in.readInt()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = in.readUTF();
    }
    byte[] input = in.readNBytes(in.readInt());
    int status;
    Descriptors.Captured standardOut = Descriptors.capture(1);
    Descriptors.Captured standardErr = Descriptors.capture(2);
    try (Descriptors.Fed _ = Descriptors.feed(0, input)) {
      System.setIn(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
      status = run(arguments);
    } finally {
      standardOut.close();
      standardErr.close();
    }
    out.writeInt(status);
    for (byte[] text : new byte[][] {standardOut.bytes(), standardErr.bytes()}) {
      out.writeInt(text.length);
      out.write(text);
    }
    out.flush();
  }

  private static int run(String[] arguments) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      new StderrLogging().configure(context);
    }
    try {
      return Main.execute(arguments);
    } catch (RuntimeException e) {
      e.printStackTrace(); // as the virtual machine would
      return 1;
    }
  }
}
