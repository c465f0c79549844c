export {default} from "minisearch";
