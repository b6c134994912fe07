package dev.inlay.files;

import java.util.List;

/** Arrays, archives, documents and programs by their first bytes. */
final class DataKinds {
  static final String AS_PNG = "Save its images as PNG with 8 bits per channel.";

  private static final FileKind MATLAB = array("a MATLAB file", "SciPy");
  private static final FileKind NETCDF = array("a NetCDF file", "the netCDF4 package");

  static final List<KindRow> ROWS =
      List.of(
          // Since 7.3 an HDF5 file stands behind MATLAB's own header.
          KindRow.of("MATLAB 7.3 MAT-file", array("a MATLAB file (7.3, in HDF5)", "h5py")),
          KindRow.of("MATLAB 5.0 MAT-file", MATLAB),
          KindRow.of(
              "\u0089HDF\r\n\u001a\n",
              array("an HDF5 file, as Keras, h5py and NetCDF-4 write it", "Keras or h5py")),
          KindRow.of("\u000e\u0003\u0013\u0001", array("an HDF4 file", "pyhdf")),
          KindRow.of("CDF\u0001", NETCDF),
          KindRow.of("CDF\u0002", NETCDF),
          KindRow.of("CDF\u0005", NETCDF),
          KindRow.of("\u0093NUMPY", array("a NumPy array", "NumPy")),
          KindRow.of("GRIB", array("a GRIB file", "eccodes")),
          KindRow.of("\u001f\u008b", packed("gzip", "gunzip")),
          KindRow.of("BZh", packed("bzip2", "bunzip2")),
          KindRow.of("\u00fd7zXZ\0", packed("xz", "unxz")),
          KindRow.of("(\u00b5/\u00fd", packed("zstd", "unzstd")),
          KindRow.of("\u0004\"M\u0018", packed("lz4", "unlz4")),
          KindRow.of("7z\u00bc\u00af'\u001c", new FileKind("a 7z archive", WayOut.UNPACK)),
          KindRow.of("Rar!\u001a\u0007", new FileKind("a RAR archive", WayOut.UNPACK)),
          KindRow.of(
              257,
              "ustar",
              new FileKind(
                  "a tar archive",
                  "Unpack it, and give the file in it. If it is a checkpoint of PyTorch before version 0.1.10, load it in Python and save it again with torch.save.",
                  WayOut.UNPACK)),
          KindRow.of(
              "%PDF-",
              new FileKind("a PDF document", "Give the file that it describes.", WayOut.FRAMES)),
          KindRow.of("SQLite format 3\0", other("an SQLite database")),
          KindRow.of("\u007fELF", other("a program or library")),
          new KindRow(
              start -> start.has(0, "MZ") && !start.isText(), other("a program for Windows")),
          KindRow.of("PAR1", array("a Parquet file", "pandas")));

  private DataKinds() {}

  /** Arrays of numbers in another library's file. */
  static FileKind array(String what, String library) {
    return new FileKind(what, WayOut.convert(library), AS_PNG);
  }

  private static FileKind packed(String packer, String unpacker) {
    return new FileKind("compressed by %s".formatted(packer), WayOut.unpack(unpacker));
  }

  private static FileKind other(String what) {
    return new FileKind(what, WayOut.WEIGHTS, WayOut.IMAGE);
  }
}
