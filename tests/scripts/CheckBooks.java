// Paths of EPUB files in, what EPUBCheck says of each as JSON in a file beside it: one start of Java for all of them.
import com.adobe.epubcheck.tool.EpubChecker;

class CheckBooks {
    public static void main(String[] paths) {
        for (String path : paths) {
            new EpubChecker().run(new String[] {path, "--quiet", "--usage", "--json", path + ".json"});
        }
    }
}
