package dev.inlay.files;

import java.util.List;

/** Images by their first bytes: those that are read first, then those that are not. */
final class ImageKinds {

  /** An image that has no first bytes of its own, but a footer in its second version. */
  static final FileKind TARGA = other("a TGA image");

  static final FileKind DICOM_FOLDER = other("a folder of DICOM images", WayOut.SLICES);

  private static final FileKind JPEG_XL = other("a JPEG XL image");
  private static final FileKind JPEG_2000 = other("a JPEG 2000 image");
  private static final FileKind HEIC = other("a HEIC image");
  private static final FileKind AVIF = other("an AVIF image");
  private static final FileKind EPS = other("a PostScript drawing (EPS)", WayOut.RENDER);
  private static final FileKind FILM = other("a film", WayOut.FRAMES);
  private static final FileKind NIFTI = other("a NIfTI volume", WayOut.SLICES);
  private static final FileKind BIG_TIFF =
      other("a BigTIFF image", "Save it as PNG, or as a TIFF of at most 4 GB without BigTIFF.");

  static final List<KindRow> ROWS =
      List.of(
          KindRow.of("\u00ff\u00d8", read("a JPEG image", "jpeg")),
          KindRow.of("\u0089PNG\r\n\u001a\n", read("a PNG image", "png")),
          KindRow.of("GIF87a", read("a GIF image", "gif")),
          KindRow.of("GIF89a", read("a GIF image", "gif")),
          new KindRow(start -> start.has(0, "BM") && !start.isText(), read("a BMP image", "bmp")),
          KindRow.of("II*\0", read("a TIFF image", "tiff")),
          KindRow.of("MM\0*", read("a TIFF image", "tiff")),
          KindRow.of("II+\0", BIG_TIFF),
          KindRow.of("MM\0+", BIG_TIFF),
          new KindRow(start -> start.has(0, "RIFF") && start.has(8, "WEBP"), other("a WebP image")),
          new KindRow(start -> start.has(0, "RIFF") && start.has(8, "AVI "), FILM),
          KindRow.of(4, "ftypheic", HEIC),
          KindRow.of(4, "ftypheix", HEIC),
          KindRow.of(4, "ftyphevc", HEIC),
          KindRow.of(4, "ftypheim", HEIC),
          KindRow.of(4, "ftypmif1", HEIC),
          KindRow.of(4, "ftypmsf1", HEIC),
          KindRow.of(4, "ftypavif", AVIF),
          KindRow.of(4, "ftypavis", AVIF),
          KindRow.of(4, "ftypcrx ", other("a raw photo of a camera (CR3)")),
          new KindRow(start -> start.at(0) == 0 && start.has(4, "ftyp"), FILM),
          KindRow.of("\u001a\u0045\u00df\u00a3", FILM),
          KindRow.of("\0\0\0\u000cJXL \r\n\u0087\n", JPEG_XL),
          KindRow.of("\u00ff\n", JPEG_XL),
          KindRow.of("\0\0\0\u000cjP  \r\n\u0087\n", JPEG_2000),
          KindRow.of("\u00ffO\u00ffQ", JPEG_2000),
          KindRow.of("II\u00bc\u0001", other("a JPEG XR image")),
          KindRow.of("IIRO", other("a raw photo of a camera (ORF)")),
          KindRow.of("IIU\0", other("a raw photo of a camera (RW2)")),
          KindRow.of("FUJIFILMCCD-RAW", other("a raw photo of a camera (RAF)")),
          KindRow.of("8BPS", other("a Photoshop file")),
          KindRow.of("gimp xcf ", other("a GIMP file (XCF)")),
          KindRow.of("v/1\u0001", other("an OpenEXR image")),
          KindRow.of("#?RADIANCE", other("a Radiance image (HDR)")),
          KindRow.of("#?RGBE", other("a Radiance image (HDR)")),
          KindRow.of("qoif", other("a QOI image")),
          KindRow.of("DDS ", other("a DDS texture")),
          KindRow.of("\0\0\u0001\0", other("an icon (ICO)")),
          KindRow.of("\u0001\u00da\0", other("an SGI image")),
          KindRow.of("\u0001\u00da\u0001", other("an SGI image")),
          new KindRow(ImageKinds::isPcx, other("a PCX image")),
          KindRow.of("%!PS", EPS),
          KindRow.of("\u00c5\u00d0\u00d3\u00c6", EPS),
          KindRow.of("SIMPLE  =", other("a FITS image")),
          KindRow.of(128, "DICM", other("a DICOM image")),
          KindRow.of(344, "n+1\0", NIFTI),
          KindRow.of(344, "ni1\0", NIFTI),
          KindRow.of(4, "n+2\0\r\n\u001a\n", NIFTI),
          KindRow.of(4, "ni2\0\r\n\u001a\n", NIFTI),
          new KindRow(
              start -> start.has(0, "\u001f\u008b") && start.isNamed(".nii.gz"),
              other("a NIfTI volume compressed by gzip", WayOut.SLICES)),
          KindRow.of("NRRD000", other("an NRRD volume", WayOut.SLICES)),
          KindRow.text(
              start -> start.begins("objecttype = image"),
              other("the header of a MetaImage volume (MHD)", WayOut.SLICES)),
          new KindRow(
              start -> start.has(0, "ObjectType = Image") && !start.isText(),
              other("a MetaImage volume (MHA)", WayOut.SLICES)),
          KindRow.of("ZISRAWFILE", other("an image of a Zeiss microscope (CZI)", WayOut.SLICES)),
          KindRow.of(
              "\u00da\u00ce\u00be\n", other("an image of a Nikon microscope (ND2)", WayOut.SLICES)),
          new KindRow(ImageKinds::isNetpbm, other("a Netpbm image (PPM, PGM)")),
          KindRow.text(
              start ->
                  start.begins("<svg") || start.begins("<?xml", "<!--") && start.contains("<svg"),
              other("an SVG drawing", WayOut.RENDER)));

  private ImageKinds() {}

  private static FileKind read(String what, String format) {
    return new FileKind(what, true, format, WayOut.PICTURE, "");
  }

  private static FileKind other(String what) {
    return other(what, WayOut.CONVERT);
  }

  private static FileKind other(String what, String forImages) {
    return new FileKind(what, true, "", WayOut.PICTURE, forImages);
  }

  /** P1 to P7, Pf and PF with white space behind it. */
  private static boolean isNetpbm(FileStart start) {
    return start.at(0) == 'P'
        && "1234567fF".indexOf(start.at(1)) >= 0
        && "\t\n\u000b\f\r ".indexOf(start.at(2)) >= 0;
  }

  /** The maker's number 10, the version, run lengths or not, bits of a sample, and a reserved 0. */
  private static boolean isPcx(FileStart start) {
    return start.at(0) == 10
        && "\0\u0002\u0003\u0004\u0005".indexOf(start.at(1)) >= 0
        && "\0\u0001".indexOf(start.at(2)) >= 0
        && "\u0001\u0002\u0004\u0008".indexOf(start.at(3)) >= 0
        && start.at(64) == 0;
  }
}
