import { EndpointId } from "@layerzerolabs/lz-definitions";

/** LayerZero's ids of the two chains. Local chains carry the ids of the networks that they stand for. */
export const EIDS = { ethereum: EndpointId.ETHEREUM_V2_MAINNET, peaq: EndpointId.PEAQ_V2_MAINNET } as const;
