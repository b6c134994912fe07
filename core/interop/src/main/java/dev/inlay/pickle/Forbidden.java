package dev.inlay.pickle;

import java.util.Arrays;
import java.util.Set;

/**
 * The callables that no honest checkpoint holds, and that an attack begins with.
 *
 * <p>Nothing is ever called here, so this protects no one who only uses Inlay; it tells them what
 * they have before they open the file with something else.
 */
final class Forbidden {
  private static final Set<String> MODULES =
      Set.of(
          "_pickle",
          "_posixsubprocess",
          "_socket",
          "_thread",
          "aiohttp",
          "asyncio",
          "bdb",
          "cProfile",
          "code",
          "codeop",
          "commands",
          "ctypes",
          "distutils",
          "fcntl",
          "ftplib",
          "httplib",
          "httpx",
          "imp",
          "importlib",
          "marshal",
          "mmap",
          "multiprocessing",
          "nt",
          "ntpath",
          "os",
          "pdb",
          "pickle",
          "pip",
          "pkgutil",
          "popen2",
          "posix",
          "posixpath",
          "pty",
          "pydoc",
          "requests",
          "runpy",
          "setuptools",
          "shutil",
          "smtplib",
          "socket",
          "socketserver",
          "ssl",
          "subprocess",
          "sys",
          "telnetlib",
          "timeit",
          "urllib",
          "urllib2",
          "webbrowser",
          "winreg",
          "xmlrpc",
          "zipimport");

  private static final Set<String> BUILTINS =
      Set.of(
          "__import__",
          "apply",
          "breakpoint",
          "compile",
          "delattr",
          "eval",
          "exec",
          "execfile",
          "exit",
          "file",
          "globals",
          "input",
          "locals",
          "memoryview",
          "open",
          "quit",
          "raw_input",
          "reload",
          "setattr",
          "vars");

  private static final Set<String> WHOLE_NAMES =
      Set.of(
          "torch.load",
          "torch.hub.load",
          "torch.hub.load_state_dict_from_url",
          "torch.jit.load",
          "torch.utils.cpp_extension.load",
          "torch.utils.cpp_extension.load_inline",
          "numpy.load",
          "numpy.testing._private.utils.runstring",
          "types.FunctionType",
          "types.CodeType",
          "operator.methodcaller",
          "io.open",
          "io.open_code",
          "io.FileIO",
          "_io.open",
          "_io.open_code",
          "_io.FileIO",
          "cloudpickle.loads",
          "cloudpickle.load",
          "dill.loads",
          "dill.load",
          "joblib.load",
          "profile.run",
          "trace.Trace",
          "threading.Thread");

  private Forbidden() {}

  /** Whether a pickle that names this thing is refused, wherever the name stands. */
  static boolean contains(String module, String name) {
    String[] modules = module.split("\\.", -1);
    String[] names = name.split("\\.", -1);
    if (MODULES.contains(modules[0]) || WHOLE_NAMES.contains(module + "." + name)) {
      return true;
    }
    // A dotted name reaches through an attribute, as in torch.serialization / os.system.
    if (names.length > 1
        && Arrays.stream(names, 0, names.length - 1)
            .anyMatch(
                part -> MODULES.contains(part) || (part.startsWith("__") && part.endsWith("__")))) {
      return true;
    }
    boolean builtin = modules[0].equals("builtins") || modules[0].equals("__builtin__");
    return builtin && BUILTINS.contains(names[0]);
  }
}
